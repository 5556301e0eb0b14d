// A toolbar for a text area of Markdown: data-markdown="before|after" wraps, data-markdown-line="- " begins lines.
// Without script there is no toolbar, and the text area takes Markdown all the same.
document.querySelectorAll("[data-markdown-tools]").forEach((tools) => {
  const area = document.getElementById(tools.dataset.markdownTools)
  if (!area) return
  tools.hidden = false
  tools.addEventListener("click", ({target}) => {
    const button = target.closest("[data-markdown], [data-markdown-line]")
    if (!button) return
    if (button.dataset.markdown) wrap(area, ...button.dataset.markdown.split("|"))
    else begin(area, button.dataset.markdownLine)
    area.dispatchEvent(new Event("input", {bubbles: true}))
    area.focus()
  })
})

function wrap(area, before, after) {
  const {selectionStart: start, selectionEnd: end, value} = area
  area.setRangeText(before + value.slice(start, end) + after, start, end, "end")
  if (start === end) area.setSelectionRange(start + before.length, start + before.length)
}

function begin(area, mark) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1
  const lines = area.value.slice(start, area.selectionEnd).split("\n")
  area.setRangeText(lines.map((line) => mark + line).join("\n"), start, area.selectionEnd, "end")
}
