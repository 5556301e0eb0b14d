// j and k go through the rows of a list ([data-rows] holds links with [data-row]); Enter opens, as on any link.
document.addEventListener("click", (event) => {
  const way = event.target.closest("[data-rows-move]")
  if (way) move(way.dataset.rowsMove === "next" ? 1 : -1)
})

function move(step) {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")]
  if (rows.length === 0) return
  const at = rows.indexOf(document.activeElement)
  const start = at >= 0 ? at : rows.findIndex((row) => row.getAttribute("aria-current"))
  const next = start < 0 ? 0 : Math.min(Math.max(start + step, 0), rows.length - 1)
  rows[next].focus()
  rows[next].scrollIntoView({block: "nearest"})
}
