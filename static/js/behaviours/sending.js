// A form is sent once: its button turns while the answer is on its way, and comes back with the page.
document.addEventListener("submit", (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method === "dialog") return
  if (form.dataset.sending) {
    event.preventDefault()
    return
  }
  form.dataset.sending = "yes"
  if (event.submitter?.matches(".button")) event.submitter.setAttribute("aria-busy", "true")
})

for (const moment of ["pageshow", "htmx:finally:request"]) {
  (moment === "pageshow" ? window : document).addEventListener(moment, settle)
}

function settle() {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete form.dataset.sending
    form.querySelectorAll('.button[aria-busy="true"]').forEach((button) => button.removeAttribute("aria-busy"))
  }
}
