// Panes scroll inside the page, which browsers do not remember: this does, for
// as long as the page lives. A conversation opens at its end or at what is new.
const places = new Map()

// On a phone the page itself scrolls.
function toEnd(talk) {
  talk.scrollTop = talk.scrollHeight
  if (getComputedStyle(talk).overflowY === 'visible') scrollTo(0, document.documentElement.scrollHeight)
}

function restore() {
  for (const pane of document.querySelectorAll('[data-scroll]')) {
    pane.scrollTop = places.get(pane.dataset.scroll) ?? 0
  }
  const talk = document.querySelector('[data-end]')
  if (!talk) return
  const fresh = talk.querySelector('#fresh')
  if (fresh) fresh.scrollIntoView({ block: 'center' })
  else toEnd(talk)
}

document.addEventListener('scroll', (e) => {
  const key = e.target.dataset?.scroll
  if (key) places.set(key, e.target.scrollTop)
}, { capture: true, passive: true })

// Only a new main part moves panes; a refreshed region stays where it is.
document.addEventListener('htmx:after:swap', (e) => {
  if (e.detail.ctx.target?.id === 'main') restore()
})
document.addEventListener('DOMContentLoaded', restore)

// A message of one's own is brought into view; others' only when the reader is
// at the end already.
export function nearEnd(pane) {
  return pane.scrollHeight - pane.scrollTop - pane.clientHeight < 120
}

let followed = false
document.addEventListener('htmx:before:swap', () => {
  const talk = document.querySelector('[data-end]')
  followed = Boolean(talk) && nearEnd(talk)
})
document.addEventListener('htmx:after:swap', (e) => {
  const talk = document.querySelector('[data-end]')
  if (talk && (followed || e.detail.ctx.target?.id === 'composer')) toEnd(talk)
})
