// The portal: files that are chosen, dropped or pasted are put on the server at
// once, links are copied, and an open request is looked at again now and then.
import { say } from './errors.js'
import { replace } from './fragment.js'

const field = (e) => e.target.closest?.('#form')?.querySelector('input[type=file][data-upload]')

async function put(input, files) {
  const form = input.closest('form')
  const data = new FormData()
  for (const file of files) data.append('files', file)
  input.value = ''
  input.disabled = true
  try {
    const answer = await fetch(input.dataset.upload, { method: 'POST', body: data, headers: { 'HX-Request-Type': 'partial' } })
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status))
    replace(await answer.text())
  } catch {
    say(form.dataset.failedFile)
  } finally {
    input.disabled = false
    input.focus()
  }
}

// In the capture phase, so that a form which asks its conditions anew does not
// send the files a second time.
document.addEventListener('change', (e) => {
  if (!e.target.matches?.('#form input[type=file][data-upload]') || !e.target.files.length) return
  e.stopPropagation()
  put(e.target, [...e.target.files])
}, true)

document.addEventListener('paste', (e) => {
  const input = field(e)
  if (!input || !e.clipboardData?.files.length) return
  e.preventDefault()
  put(input, [...e.clipboardData.files])
})

for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, (e) => {
    const all = document.querySelectorAll('#form input[type=file][data-upload]')
    if (!all.length || !e.dataTransfer?.types.includes('Files')) return
    e.preventDefault()
    const input = e.target.closest?.('.ask')?.querySelector('input[type=file][data-upload]') ?? all[0]
    input.classList.toggle('over', kind === 'dragover')
    if (kind === 'drop') put(input, [...e.dataTransfer.files])
  })
}

// Where the page has no safe origin there is no clipboard: then the browser
// copies what is selected.
document.addEventListener('click', async (e) => {
  const button = e.target.closest?.('button[data-copy]')
  if (!button) return
  const input = document.getElementById(button.dataset.copy)
  input.select()
  try {
    await navigator.clipboard.writeText(input.value)
  } catch {
    document.execCommand('copy')
  }
  say(button.dataset.copied)
})

// Whoever looks at a request sees what is new within seconds.
const pause = 10000
setInterval(() => {
  if (!document.hidden && document.querySelector('[hx-trigger^="portal:look"]')) {
    document.body.dispatchEvent(new CustomEvent('portal:look'))
  }
}, pause)
