// A combobox whose choice is written into the text area that data-into names, where the cursor stands.
document.addEventListener("combobox-commit", ({target}) => {
  const box = target.closest("[data-into]")
  const area = box && document.getElementById(box.dataset.into)
  if (!area || !target.dataset.text) return
  const before = area.value.slice(0, area.selectionStart)
  const gap = before === "" || /\s$/.test(before) ? "" : " "
  area.setRangeText(`${gap}${target.dataset.text} `, area.selectionStart, area.selectionEnd, "end")
  area.dispatchEvent(new Event("input", {bubbles: true}))
  box.querySelector("input").value = ""
  area.focus()
})
