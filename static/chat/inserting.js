// "/" where a word would begin leads from the text to the search for replies; Escape leads back. What is chosen there is
// written into the text by js/behaviours/article-links.js.
export function insertWith(boxes, area) {
  const replies = boxes.find((box) => "replies" in box.dataset)?.querySelector("input")
  area.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || !replies) return
    if (/\S$/.test(area.value.slice(0, area.selectionStart))) return
    event.preventDefault()
    replies.value = ""
    replies.focus()
    replies.dispatchEvent(new Event("input", {bubbles: true}))
  })
  for (const box of boxes) box.querySelector("input").addEventListener("keydown", (event) => pressed(event, box, area))
}

// The sign itself was meant where it is typed twice.
function pressed(event, box, area) {
  const {key, target} = event
  if (key === "Enter") {
    event.preventDefault()
    if (!box.querySelector("[role=option][aria-selected=true]")) box.querySelector("[role=listbox]:not([hidden]) [role=option]")?.click()
  } else if (key === "Escape") {
    area.focus()
  } else if (key === "/" && target.value === "" && "replies" in box.dataset) {
    event.preventDefault()
    area.setRangeText("/", area.selectionStart, area.selectionEnd, "end")
    area.focus()
  }
}
