// The phone without scripts is forms and a link that reloads. With them nothing
// reloads: forms are sent aside, and the conversation is fetched anew whenever
// the desk says that something changed.
const talk = document.getElementById('talk')
const write = document.getElementById('write')
const text = document.getElementById('text')
const toEnd = () => { talk.scrollTop = talk.scrollHeight }

async function refresh() {
  if (talk.querySelector('details[open]')) return // somebody is changing a message
  const answer = await fetch(talk.dataset.messages)
  if (!answer.ok) return
  talk.innerHTML = await answer.text()
  toEnd()
}

async function send(form, button) {
  const data = new FormData(form, button)
  if (form === write) form.reset()
  await fetch(form.action, { method: 'POST', body: form.enctype.startsWith('multipart') ? data : new URLSearchParams(data) })
  const open = form.closest('details')
  if (open) open.open = false
  refresh()
}

document.addEventListener('submit', (e) => {
  e.preventDefault()
  send(e.target, e.submitter)
})
document.getElementById('photo').addEventListener('change', () => write.requestSubmit())
text.addEventListener('keydown', (e) => {
  if (e.key !== 'Enter' || e.shiftKey || e.isComposing) return
  e.preventDefault()
  write.requestSubmit()
})
document.body.classList.add('live')
new EventSource(talk.dataset.news).addEventListener('message', refresh)
toEnd()
