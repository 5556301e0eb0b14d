// A part of a form that only some answers need: <div data-when-field="priority" data-when-value="critical">.
// Without script it is simply there, and the server asks for it only where it is needed.
document.addEventListener("change", ({target}) => target.form && settle(target.form))
document.addEventListener("restored", ({target}) => settle(target))
document.addEventListener("htmx:after:process", () => settle(document))
settle(document)

function settle(root) {
  for (const part of root.querySelectorAll("[data-when-field]")) {
    const {whenField, whenValue} = part.dataset
    const form = part.closest("form")
    const isWanted = form && new FormData(form).getAll(whenField).some((value) => whenValue.split(" ").includes(value))
    part.hidden = !isWanted
    part.querySelectorAll("input, select, textarea").forEach((control) => (control.disabled = !isWanted))
  }
}
