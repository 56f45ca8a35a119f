// Times that grow: how long somebody has been waiting, and the seconds in which
// a reply can still be taken back.
const units = [['day', 86400], ['hour', 3600], ['minute', 60]]

function span(seconds) {
  const [unit, size] = units.find(([, s]) => seconds >= s) ?? units[2]
  const n = Math.max(0, Math.floor(seconds / size))
  const lang = document.documentElement.lang
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: unit === 'day' ? 'narrow' : 'short' }).format(n)
    .replace(/\.$/, '')
}

function refresh() {
  const now = Date.now()
  for (const time of document.querySelectorAll('time[data-since]')) {
    time.textContent = span((now - Date.parse(time.dateTime)) / 1000)
  }
}

function countDown() {
  for (const toast of document.querySelectorAll('[data-until]')) {
    const left = (Number(toast.dataset.until) - Date.now()) / 1000
    if (left <= 0) {
      toast.remove()
      continue
    }
    toast.querySelector('span').textContent = toast.dataset.text.replace('%', Math.ceil(left))
    toast.querySelector('.hand')?.setAttribute('stroke-dasharray', `${left} 10`)
  }
}

// The zone goes along with requests, so that pages come with the reader's hours.
const year = 365 * 24 * 3600
const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)
document.cookie = `zone=${zone}; path=/; max-age=${year}; SameSite=Lax`

setInterval(refresh, 30000)
setInterval(countDown, 500)
