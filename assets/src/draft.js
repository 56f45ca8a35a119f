// The draft: what an agent types is kept on the server a moment later, and in the
// tab for as long as the server has not said that it is.
import { replace } from './fragment.js'

const pause = 800
let timer = 0
let saving = new AbortController()
let asked = 0 // when the page on the screen was asked for
const resumed = new WeakSet()
const told = new Map() // what the server may have of each draft, all of it from here

export const composer = () => document.getElementById('composer')

const text = (form) => form.querySelector('#body')
const mode = (form) => form.querySelector('[name=kind]:checked').value

export async function post(path, data, options) {
  const answer = await fetch(path, { method: 'POST', body: data, headers: { 'HX-Request': 'true' }, ...options })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.text()
}

// A text answers what stood on the screen when it was begun. Whatever others say
// after that holds it back, see tickets.Service.Reply.
export function begin(form) {
  const thread = document.getElementById('thread')
  if (!thread || text(form).value || form.querySelector('#draft-files').childElementCount) return
  form.elements.seen.value = thread.dataset.seq
}

// The default value of the text is what the server is known to have.
const unkept = (form) => timer || text(form).value !== text(form).defaultValue

async function save(form, options) {
  timer = 0
  const body = text(form).value
  const data = new URLSearchParams({ body, kind: mode(form) })
  tell(form, body)
  try {
    const state = await post(form.dataset.draft, data, { signal: saving.signal, ...options })
    if (form.isConnected) replace(state)
    text(form).defaultValue = body
    if (text(form).value === body) release(form)
  } catch (e) {
    if (e.name !== 'AbortError' && form.isConnected) schedule(form, 5000) // tried again until it is kept
  }
}

const known = (form) => told.get(form.dataset.draft) ?? []

// tell notes a text that the server has or may soon have. A few are enough: saves
// are answered within seconds.
function tell(form, ...texts) {
  told.set(form.dataset.draft, [...known(form), ...texts].slice(-20))
}

// release ends what the tab remembers. A page that was asked for before the server
// had the text may still be on its way: it is completed by resume.
function release(form) {
  const kept = JSON.parse(sessionStorage.getItem(form.dataset.draft))
  if (!kept) return
  if (form.isConnected) sessionStorage.removeItem(form.dataset.draft)
  else sessionStorage.setItem(form.dataset.draft, JSON.stringify({ ...kept, until: Date.now() }))
}

export function schedule(form, after = pause) {
  clearTimeout(timer)
  timer = setTimeout(() => form.isConnected && save(form), after)
}

// forget leaves the text to the request that sends it.
function forget(form) {
  clearTimeout(timer)
  timer = 0
  saving.abort()
  saving = new AbortController()
  sessionStorage.removeItem(form.dataset.draft)
  told.delete(form.dataset.draft)
}

// leave keeps what was typed a moment ago. The page that follows may be asked for
// before this is on the server, so the tab remembers it too.
function leave() {
  const form = composer()
  if (!form || !unkept(form)) return
  clearTimeout(timer)
  const { value: body, defaultValue } = text(form)
  tell(form, defaultValue)
  save(form, { keepalive: true }) // outlives the page, up to 64 KB
  saving = new AbortController() // what is sent from the next page leaves this one alone
  sessionStorage.setItem(form.dataset.draft, JSON.stringify({ body, kind: mode(form), known: known(form) }))
}

// resume puts back what the tab remembers, unless the server has learnt of
// something else since.
function resume() {
  const form = composer()
  if (!form || resumed.has(form)) return // a fragment of the same page came
  resumed.add(form)
  const kept = JSON.parse(sessionStorage.getItem(form.dataset.draft))
  sessionStorage.removeItem(form.dataset.draft)
  if (!kept || kept.until < asked || !kept.known.includes(text(form).value)) return
  tell(form, ...kept.known)
  text(form).value = kept.body
  form.querySelector(`[name=kind][value="${kept.kind}"]`).checked = true
  schedule(form, 0)
}

document.addEventListener('beforeinput', (e) => {
  const form = e.target.closest?.('#composer')
  if (form && e.target.id === 'body') begin(form)
})

document.addEventListener('input', (e) => {
  const form = e.target.closest?.('#composer')
  if (form && e.target.id === 'body') schedule(form)
})

document.addEventListener('htmx:before:request', (e) => {
  const form = composer()
  if (form && e.target === form) return forget(form)
  if (form?.contains(e.target) || e.detail?.ctx?.target?.id !== 'main') return
  leave()
  asked = Date.now()
})

document.addEventListener('htmx:after:swap', resume)
addEventListener('pagehide', leave)
resume()
