// The editor of request types: a form marked data-autosave is sent as it is
// typed in, one request at a time, and the regions of the answer marked
// data-fresh take the place of their namesakes. Fields are never touched while
// they are typed in; the whole form is drawn anew only where a choice changes
// which fields there are. Rows are ordered by drag and by the arrow keys.
import htmx from 'htmx.org/dist/htmx.esm.js'
import { say } from './errors.js'

const pause = 500
const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }
let timer = 0
let dirty = false // typed and not sent yet
let sending = null // the request under way

const part = () => document.querySelector('form[data-autosave]')

// chatOf is how far the chat beside the form was played, without what is being
// typed into it.
function chatOf(data) {
  const chat = document.getElementById('chat')
  if (!chat) return data
  for (const [name, value] of new FormData(chat)) if (name !== 'say') data.append(name, value)
  return data
}

async function post(path, data) {
  const answer = await fetch(path, { method: 'POST', body: new URLSearchParams(data), headers })
  if (answer.status === 401) return location.reload()
  if (!answer.ok && answer.status !== 409 && answer.status !== 422) throw new Error(String(answer.status))
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

function swap(old, fresh) {
  if (!old || !fresh) return
  const node = document.importNode(fresh, true)
  old.replaceWith(node)
  htmx.process(node)
}

// invalid marks the fields whose notes say that something is wrong.
function invalid() {
  for (const field of document.querySelectorAll('#part [aria-describedby]')) {
    const wrong = field.getAttribute('aria-describedby').split(' ').some((id) => document.getElementById(id)?.querySelector('.error'))
    if (wrong) field.setAttribute('aria-invalid', 'true')
    else field.removeAttribute('aria-invalid')
  }
}

// show takes what it needs of an answer: "fresh" the regions, "form" the form as
// well, "all" the whole editor.
function show(page, what) {
  const had = document.activeElement?.id
  const editor = page.getElementById('editor')
  if (what === 'all' && editor) {
    swap(document.getElementById('editor'), editor)
    if (editor.dataset.address) history.replaceState(history.state, '', editor.dataset.address)
  } else {
    if (what === 'form') swap(part(), page.querySelector('form[data-autosave]'))
    for (const fresh of page.querySelectorAll('[data-fresh]')) swap(document.getElementById(fresh.id), fresh)
    invalid()
  }
  if (what === 'fresh' && document.activeElement?.id === had) return
  const home = page.querySelector('#editor [autofocus], #types [autofocus]')?.id || had
  if (home) document.getElementById(home)?.focus({ preventScroll: false })
  bottom()
}

// bottom brings the latest message of the chat into view.
function bottom() {
  const talk = document.getElementById('talk-preview')
  if (talk) talk.scrollTop = talk.scrollHeight
}

async function send(extra, what) {
  clearTimeout(timer)
  await sending
  const form = part()
  if (!form) return true
  dirty = false
  const data = chatOf(new FormData(form))
  for (const [name, value] of Object.entries(extra)) data.append(name, value)
  sending = post(form.action, data).then(async (page) => {
    await held
    if (page) show(page, what)
    return true
  }).catch(() => {
    dirty = true
    say(document.body.dataset.unreachable)
    schedule({}, 'fresh', 5000) // tried again until it is kept
    return false
  })
  const ok = await sending
  sending = null
  return ok
}

// Pressing the mouse leaves a field, which saves it. What is under the pointer is
// not replaced before the button is up again, lest the click is lost.
let held = null
let release = () => {}

document.addEventListener('pointerdown', () => { held = new Promise((resolve) => { release = resolve }) }, true)

for (const end of ['pointerup', 'pointercancel']) {
  document.addEventListener(end, () => setTimeout(() => { // after the click
    held = null
    release()
  }), true)
}

function schedule(extra, what, after) {
  clearTimeout(timer)
  timer = setTimeout(() => part() && send(extra, what), after)
}

document.addEventListener('input', (e) => {
  if (!e.target.closest?.('form[data-autosave]')) return
  dirty = true
  schedule({ typing: 'true' }, 'fresh', pause)
})

document.addEventListener('change', (e) => {
  if (e.target.closest?.('#chat') && e.target.type === 'radio') {
    talk({})
    return
  }
  if (!e.target.closest?.('form[data-autosave]')) return
  dirty = true
  schedule({}, e.target.dataset.redraw ? 'form' : 'fresh', 0)
})

// What was typed a moment ago is kept before anything else is done.
document.addEventListener('click', async (e) => {
  const target = e.target.closest?.('a[href], button')
  if (!part() || !target || !(dirty || sending) || target.closest('#part, #chat') || target.form?.id === 'part') return
  e.preventDefault()
  e.stopImmediatePropagation()
  if (dirty ? await send({}, 'fresh') : await sending) (document.getElementById(target.id) ?? target).click()
}, true)

addEventListener('pagehide', () => {
  const form = part()
  if (form && dirty) fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers, keepalive: true }).catch(() => {})
})

async function talk(extra) {
  await sending
  const form = document.getElementById('chat')
  const data = new FormData(form)
  if (!extra.do && !extra.press) extra.do = 'chat.look'
  for (const [name, value] of Object.entries(extra)) data.append(name, value)
  try {
    show(await post(form.action, data), 'fresh')
    const field = document.getElementById('chat-say')
    if (extra.do === 'chat.say' || extra.do === 'chat.again') field.value = ''
    field.focus({ preventScroll: true })
    bottom()
  } catch {
    say(document.body.dataset.failed)
  }
}

// arrange sends what is to become of a whole step, stage or type.
async function arrange(path, extra) {
  if (dirty && !await send({}, 'fresh')) return
  const data = chatOf(new FormData())
  const here = document.getElementById('steps')?.dataset.here
  if (here) data.append('here', here)
  for (const [name, value] of Object.entries(extra)) data.append(name, value)
  try {
    const moved = extra.do.startsWith('place.')
    show(await post(path, data), moved || !here ? 'fresh' : 'all')
    if (moved) document.getElementById(`grip-${extra.do.slice('place.'.length).replace('.', '-')}`)?.focus()
  } catch {
    say(document.body.dataset.failed)
  }
}

document.addEventListener('submit', (e) => {
  const form = e.target
  const button = e.submitter
  const pressed = button?.name ? { [button.name]: button.value } : {}
  if (form.matches('form[data-autosave]')) send(pressed.do ? pressed : { do: 'save' }, pressed.do === 'force' ? 'fresh' : 'form')
  else if (form.matches('form[data-chat]')) talk(pressed)
  else if (form.matches('form[data-arrange]')) arrange(form.action, { ...Object.fromEntries(new FormData(form)), ...pressed })
  else return
  e.preventDefault()
  e.stopImmediatePropagation()
}, true)

// A row is dragged by its handle, among the rows of its own list.
let drag = null

function to(row) {
  return [...row.parentElement.children].indexOf(row)
}

function place(row) {
  const list = row.parentElement
  const at = list.closest('[data-arrange-to]').dataset.arrangeTo
  arrange(at, { do: `place.${list.dataset.order}.${row.dataset.key}`, to: to(row) })
}

document.addEventListener('pointerdown', (e) => {
  const grip = e.target.closest?.('[data-grip]')
  if (!grip || e.button !== 0) return
  const row = grip.closest('[data-key]')
  drag = { row, from: to(row) }
  row.classList.add('lifted')
  grip.setPointerCapture(e.pointerId)
})

document.addEventListener('pointermove', (e) => {
  if (!drag) return
  const over = [...drag.row.parentElement.children].find((other) => {
    const box = other.getBoundingClientRect()
    return other !== drag.row && e.clientY > box.top && e.clientY < box.bottom
  })
  if (!over) return
  const box = over.getBoundingClientRect()
  const below = to(over) > to(drag.row)
  if (below && e.clientY > box.top + box.height / 2) over.after(drag.row)
  else if (!below && e.clientY < box.top + box.height / 2) over.before(drag.row)
})

function drop(kept) {
  if (!drag) return
  const { row, from } = drag
  drag = null
  row.classList.remove('lifted')
  if (to(row) === from) return
  if (kept) place(row)
  else row.parentElement.insertBefore(row, row.parentElement.children[from + (to(row) < from ? 1 : 0)])
}

document.addEventListener('pointerup', () => drop(true))
document.addEventListener('pointercancel', () => drop(false))

document.addEventListener('keydown', (e) => {
  if (e.code === 'Escape') drop(false)
  const step = { ArrowUp: -1, ArrowDown: 1 }[e.code]
  const row = e.target.closest?.('[data-grip]')?.closest('[data-key]')
  const other = step && row?.parentElement.children[to(row) + step]
  if (!other) return
  e.preventDefault()
  if (step > 0) other.after(row)
  else other.before(row)
  place(row)
})

document.addEventListener('htmx:after:swap', (e) => {
  if (e.detail.ctx.target?.id === 'main') bottom()
})
document.addEventListener('DOMContentLoaded', bottom)
