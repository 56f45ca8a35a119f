// The keyboard is never lost: when a swap takes away what had the focus, the
// focus goes to the pane it was in.
const panes = '#rows, #talk, #side-body, #composer, #main'
let pane = ''

document.addEventListener('focusin', (e) => {
  pane = e.target.closest?.(panes)?.id ?? ''
})

document.addEventListener('htmx:after:swap', (e) => {
  const now = document.activeElement
  if (now?.id === 'body' && e.detail.ctx.target?.id === 'composer') now.setSelectionRange(now.value.length, now.value.length)
  if (now && now !== document.body) return
  const home = pane === 'composer' ? 'body' : pane
  const target = (home && document.getElementById(home)) || document.getElementById('main')
  target?.focus({ preventScroll: true })
})
