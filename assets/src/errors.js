// What goes wrong on the way. An error page must never replace what somebody
// has typed: only answers that carry the form again (404, 409, 422) are shown.
const shown = new Set([404, 409, 422])

export function say(text) {
  const box = document.getElementById('toasts')
  if (!box || !text) return
  const toast = document.createElement('div')
  toast.className = 'toast'
  toast.textContent = text
  box.replaceChildren(toast)
  setTimeout(() => toast.remove(), 10000)
}

const words = (name) => document.body.dataset[name]

document.addEventListener('htmx:before:swap', (e) => {
  const status = e.detail.ctx.response?.status ?? 200
  if (status < 400 || shown.has(status)) return
  e.preventDefault()
  say(words('failed'))
})

document.addEventListener('htmx:error', (e) => {
  if (e.detail.error instanceof TypeError) say(words('unreachable'))
})
