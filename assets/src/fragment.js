// What the server answers when a part of the page changes.

// replace puts a fragment in the place of its namesake.
export function replace(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild
  const old = fresh && document.getElementById(fresh.id)
  if (old) old.replaceWith(document.importNode(fresh, true))
}
