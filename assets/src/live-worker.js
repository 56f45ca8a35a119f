// One stream for all tabs of this browser. A closed stream is opened anew with a
// growing delay and names the last position it saw.
const ports = new Set()
let source, pos = -1, delay = 1000, address = '', up = null

function tell(message) {
  for (const port of ports) port.postMessage(message)
}

function state(now) {
  if (up === now) return
  up = now
  tell({ stream: up ? 'up' : 'down' })
}

function connect() {
  source = new EventSource(pos < 0 ? address : `${address}?from=${pos}`)
  source.onopen = () => {
    delay = 1000
    state(true)
  }
  source.onmessage = (e) => {
    const item = JSON.parse(e.data)
    if (item.pos) pos = item.pos
    tell(item)
  }
  source.onerror = () => {
    state(false)
    source.close()
    setTimeout(connect, delay)
    delay = Math.min(delay * 2, 15000)
  }
}

onconnect = (e) => {
  const port = e.ports[0]
  ports.add(port)
  port.onmessage = (m) => {
    if (m.data.bye) {
      ports.delete(port)
      return
    }
    if (source) {
      if (m.data.from >= 0 && pos > m.data.from) port.postMessage({ kind: 'gap' })
      if (up !== null) port.postMessage({ stream: up ? 'up' : 'down' })
      return
    }
    address = m.data.address
    pos = m.data.from
    connect()
  }
}
