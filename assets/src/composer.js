// The composer: files by paste and drag, names after @ and the choice of the
// mode. Everything is delegated to the document, so that a fresh composer needs no
// set-up.
import { begin, composer, post, schedule } from './draft.js'
import { say } from './errors.js'
import { replace } from './fragment.js'

const largest = 25 * 1000 * 1000

document.addEventListener('change', (e) => {
  const form = e.target.closest?.('#composer')
  if (!form) return
  if (e.target.name === 'kind') schedule(form, 0)
  if (e.target.id === 'files') {
    attach(form, e.target.files)
    e.target.value = ''
  }
})

async function attach(form, files) {
  const data = new FormData()
  for (const file of files) {
    if (file.size > largest) say(form.dataset.toobig)
    else data.append('files', file)
  }
  if (!data.has('files')) return
  begin(form)
  try {
    replace(await post(`${form.dataset.draft}/files`, data))
  } catch {
    say(document.body.dataset.failed)
  }
}

document.addEventListener('paste', (e) => {
  const form = e.target.closest?.('#composer')
  if (!form || !e.clipboardData?.files.length) return
  e.preventDefault()
  attach(form, e.clipboardData.files)
})

for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, (e) => {
    const form = composer()
    if (!form || !e.dataTransfer?.types.includes('Files')) return
    e.preventDefault()
    form.classList.toggle('over', kind === 'dragover')
    if (kind === 'drop') attach(form, e.dataTransfer.files)
  })
}

// Removing a file must not send the message: it is a small request of its own.
document.addEventListener('click', async (e) => {
  const button = e.target.closest?.('#draft-files button[name=remove]')
  if (!button) return
  e.preventDefault()
  e.stopPropagation()
  const form = composer()
  try {
    replace(await post(`${form.dataset.draft}/files`, new URLSearchParams({ remove: button.value })))
    form.querySelector('#body').focus()
  } catch {
    say(document.body.dataset.failed)
  }
}, true)

// Names after @, in notes only: a reply reaches people outside. The element's
// events do not bubble, so they are met on their way down.
function menu(text) {
  const names = [...document.querySelectorAll('#agents option')].map((o) => o.value)
  const words = text.toLowerCase()
  const found = names.filter((n) => n.toLowerCase().split(' ').some((w) => w.startsWith(words))).slice(0, 6)
  const list = document.createElement('ul')
  list.className = 'menu names'
  list.role = 'listbox'
  found.forEach((name, i) => {
    const item = document.createElement('li')
    item.id = `name-${i}`
    item.role = 'option'
    item.dataset.value = name
    item.textContent = name
    list.append(item)
  })
  return { matched: found.length > 0, fragment: list }
}

document.addEventListener('text-expander-change', (e) => {
  const { key, provide, text } = e.detail
  if (key !== '@' || !composer()?.querySelector('#mode-note').checked) return
  provide(Promise.resolve(menu(text)))
}, true)

document.addEventListener('text-expander-value', (e) => {
  if (e.detail.key === '@') e.detail.value = `@${e.detail.item.dataset.value}`
}, true)

document.addEventListener('text-expander-committed', () => schedule(composer()), true)

// The original formatting of a message lives in a frame that may do nothing.
document.addEventListener('toggle', (e) => {
  const fold = e.target
  if (!fold.open || !fold.dataset?.frame || fold.querySelector('iframe')) return
  const frame = document.createElement('iframe')
  frame.sandbox = 'allow-popups allow-popups-to-escape-sandbox'
  frame.src = fold.dataset.frame
  frame.title = fold.querySelector('summary').textContent.trim()
  frame.className = 'original'
  fold.append(frame)
}, true)
