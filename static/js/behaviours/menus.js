// Arrow keys inside a menu; opening it puts the focus on its first item. Without script it opens and closes all the same.
document.addEventListener("toggle", ({target, newState}) => {
  if (newState === "open" && target.matches?.("[data-menu]") && openedByKey()) itemsOf(target)[0]?.focus()
}, true)

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("[data-menu]")
  if (!menu || event.target.closest("input, textarea, select")) return
  const items = itemsOf(menu)
  const next = {
    ArrowDown: (at) => (at + 1) % items.length,
    ArrowUp: (at) => (at - 1 + items.length) % items.length,
    Home: () => 0,
    End: () => items.length - 1,
  }[event.key]
  if (!next || items.length === 0) return
  event.preventDefault()
  items[next(items.indexOf(document.activeElement))].focus()
})

function itemsOf(menu) {
  return [...menu.querySelectorAll("a[href], button:not(:disabled)")]
}

function openedByKey() {
  return document.activeElement?.matches(":focus-visible")
}
