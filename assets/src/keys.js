// Keys by their place on the keyboard, so that they work in every layout. Single
// keys are off inside fields and while a dialog is open. Each presses a button
// or follows a link that is on the page; nothing happens where there is none.
const find = (selector) => document.querySelector(selector)
const press = (key) => () => {
  const current = find('.row.current') ?? document
  const target = current.querySelector(`[data-key="${key}"]`) ?? find(`[data-key="${key}"]`)
  target?.click()
  return Boolean(target)
}
const focus = (selector) => () => {
  const target = find(selector)
  target?.focus()
  return Boolean(target)
}

function compose(kind) {
  return () => {
    const mode = find(`#mode-${kind}`)
    if (!mode) return false
    mode.checked = true
    mode.dispatchEvent(new Event('change', { bubbles: true }))
    const field = find('#body')
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
    return true
  }
}

// move goes along the rows of a list, or to the neighbour of an open ticket.
function move(step) {
  return () => {
    const rows = [...document.querySelectorAll('#list .row')]
    if (rows.length === 0) return press(step > 0 ? 'next' : 'prev')()
    const at = rows.findIndex((r) => r.classList.contains('current'))
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))]
    for (const r of rows) r.classList.toggle('current', r === next)
    next.querySelector('.open').focus()
    return true
  }
}

function open() {
  const row = find('.row.current .open')
  row?.click()
  return Boolean(row)
}

function help() {
  const sheet = find('#keys')
  if (!sheet) return false
  if (!sheet.open) sheet.showModal()
  return true
}

// menu opens the menu of the ticket with its first entry under the keyboard.
function menu() {
  const more = find('#more')
  if (!more) return false
  more.open = true
  more.querySelector('.menu :is(a, button)').focus()
  return true
}

// along goes up and down an open menu.
function along(e) {
  const list = e.target.closest?.('details.more[open]')
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.code]
  if (!list || !step) return false
  const entries = [...list.querySelectorAll('.menu :is(a, button)')]
  const at = entries.indexOf(document.activeElement)
  entries[(at + step + entries.length) % entries.length].focus()
  return true
}

// leave takes the keyboard out of a field or closes a menu, so that single keys
// work again. A menu of names closes itself first.
function leave(e) {
  const menu = find('details:is(.more, .me)[open]')
  if (menu) {
    menu.open = false
    menu.querySelector('summary').focus()
    return
  }
  if (inField(e)) find('#talk, #rows, #main')?.focus({ preventScroll: true })
}

const single = {
  KeyJ: move(1), KeyK: move(-1), KeyO: open, KeyU: press('back'),
  KeyR: compose('reply'), KeyN: compose('note'),
  KeyA: focus('#f-assignee'), KeyI: press('take'), KeyS: focus('#f-status'), KeyE: press('solve'),
  Period: menu, Delete: press('delete'),
}

const shifted = {
  Slash: help, Digit3: press('spam'), KeyM: press('merge'), KeyS: press('split'), KeyL: press('link'),
}

const inField = (e) => e.target.closest?.('input:not([type=radio]), textarea, select, [contenteditable], dialog[open]')

function send(solve) {
  const form = find('#composer')
  const kind = form.querySelector('#mode-note').checked ? '.as-note.send' : '.as-reply .send, .as-reply.send'
  const button = (solve && form.querySelector('[data-key="send-solve"]')) || form.querySelector(kind)
  form.requestSubmit(button)
}

document.addEventListener('keydown', (e) => {
  if (e.isComposing || e.repeat) return
  const mod = e.ctrlKey || e.metaKey
  if (mod && e.code === 'Enter' && e.target.closest?.('#composer')) {
    e.preventDefault()
    send(e.shiftKey)
    return
  }
  if (mod && e.code === 'KeyZ' && !e.shiftKey && !e.target.value && press('undo')()) {
    e.preventDefault()
    return
  }
  if (along(e)) e.preventDefault()
  if (e.code === 'Escape' && !e.defaultPrevented && !find('dialog[open]')) leave(e)
  if (mod || e.altKey || inField(e)) return
  const act = (e.shiftKey ? shifted : single)[e.code]
  if (act && act()) e.preventDefault()
})

document.addEventListener('click', (e) => {
  if (e.target.closest?.('[data-close]')) e.target.closest('dialog')?.close()
})
