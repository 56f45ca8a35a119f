// The browser side of the desk. Pages work without it; it makes them quicker
// and keeps them current.
import htmx from 'htmx.org/dist/htmx.esm.js'
import 'htmx.org/dist/ext/hx-preload.js'
import '@github/text-expander-element'
import '@github/markdown-toolbar-element'
import './errors.js'
import './scroll.js'
import './focus.js'
import './times.js'
import './keys.js'
import './composer.js'
import './fields.js'
import './live.js'
import './portal.js'
import './editor.js'

window.htmx = htmx
