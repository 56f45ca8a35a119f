// Live updates. The stream says that something happened; this turns it into
// events on the body, for which regions wait to fetch themselves anew. It also
// tells the desk which ticket is open here and whether somebody types.
const body = () => document.body
const fire = (name) => body().dispatchEvent(new CustomEvent(name))
const ticket = () => document.querySelector('[data-ticket]')

let dropped = false
const told = new Map() // ticket number, or 0 for any -> last position
const from = () => Number(body().dataset.pos ?? -1)

function receive(item) {
  if (item.stream) {
    document.documentElement.dataset.stream = item.stream
    dropped ||= item.stream === 'down'
    return
  }
  if (item.kind === 'presence') {
    fire(`desk:presence-${item.ticket}`)
    return
  }
  if (item.kind === 'hello' && !dropped) return
  if (item.kind === 'hello' || item.kind === 'gap') {
    dropped = false
    const open = ticket()
    if (open) fire(`desk:ticket-${open.dataset.ticket}`)
  } else {
    told.set(String(item.ticket), item.pos).set('0', item.pos)
    fire(`desk:ticket-${item.ticket}`)
  }
  fire('desk:list')
}

function shared(address) {
  const worker = new SharedWorker(body().dataset.worker)
  worker.port.onmessage = (e) => receive(e.data)
  worker.port.postMessage({ address, from: from() })
  addEventListener('pagehide', () => worker.port.postMessage({ bye: true }))
  addEventListener('pageshow', (e) => { if (e.persisted) location.reload() })
}

// Without SharedWorker each visible tab has a stream of its own.
function alone(address) {
  let source, pos = from()
  const open = () => {
    source = new EventSource(pos < 0 ? address : `${address}?from=${pos}`)
    source.onopen = () => receive({ stream: 'up' })
    source.onmessage = (e) => {
      const item = JSON.parse(e.data)
      if (item.pos) pos = item.pos
      receive(item)
    }
    source.onerror = () => {
      receive({ stream: 'down' })
      source.close()
      setTimeout(() => document.hidden || open(), 3000)
    }
  }
  document.addEventListener('visibilitychange', () => document.hidden ? source.close() : open())
  open()
}

// Presence: who looks, said again while the page is visible.
let said = ''

function look(typing) {
  const number = document.hidden ? '' : ticket()?.dataset.ticket ?? ''
  if (said && said !== number) report(said, 'left')
  said = number
  if (number) report(number, typing ? 'typing' : 'looking')
}

function report(number, state) {
  const form = new URLSearchParams({ state })
  fetch(`/tickets/${number}/presence`, { method: 'POST', body: form, keepalive: true }).catch(() => {})
}

let typed = 0
document.addEventListener('input', (e) => {
  if (e.target.id !== 'body' || Date.now() - typed < 8000) return
  typed = Date.now()
  look(true)
})
setInterval(() => look(Date.now() - typed < 12000), 12000)
addEventListener('pagehide', () => { if (said) report(said, 'left') })

// Reading is a request of its own, because links are fetched before they are
// followed. Only a visible page counts. What was read leaves the counters, and no
// event of the ticket tells so.
function read() {
  const open = ticket()
  const seq = document.getElementById('thread')?.dataset.seq
  if (!open || document.hidden || open.dataset.read === seq) return
  open.dataset.read = seq
  fetch(`/tickets/${open.dataset.ticket}/read`, { method: 'POST' }).then((r) => r.ok && fire('desk:list')).catch(() => {})
}

// A main part may have been read before something that was told before it was
// shown.
function overtaken() {
  const stage = document.querySelector('.stage[data-pos]')
  if (!stage) return
  const number = ticket()?.dataset.ticket ?? '0'
  if ((told.get(number) ?? -1) > Number(stage.dataset.pos)) fire(number === '0' ? 'desk:list' : `desk:ticket-${number}`)
}

function changed(e) {
  if (e?.detail?.ctx?.target?.id === 'main') overtaken()
  read()
  if ((ticket()?.dataset.ticket ?? '') !== said) look(false)
}

document.addEventListener('htmx:after:swap', changed)
document.addEventListener('visibilitychange', changed)
document.addEventListener('DOMContentLoaded', () => {
  const address = body().dataset.live
  if (!address) return
  if (window.SharedWorker) shared(new URL(address, location).href)
  else alone(address)
  changed()
})
