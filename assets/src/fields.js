// Fields of the side panel send themselves when changed, so what they show is
// what the desk said last, not a choice that was refused. A morph alone leaves a
// choice somebody made. Where somebody types, the text is theirs.
document.addEventListener('htmx:after:swap', () => {
  for (const field of document.querySelectorAll('#side [data-value]')) {
    if (field.localName === 'select' || field !== document.activeElement) field.value = field.dataset.value
  }
})

// A menu closes when something else is touched.
document.addEventListener('click', (e) => {
  for (const open of document.querySelectorAll('details:is(.more, .me)[open]')) {
    if (!open.contains(e.target)) open.open = false
  }
})
