// Control+Enter (Command+Enter) sends. The audience is a radio button, and the colour follows it in CSS.
document.addEventListener("keydown", (event) => {
  const composer = event.target.closest?.("[data-composer]")
  if (!composer || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  composer.requestSubmit(composer.querySelector(".button--primary[type=submit]"))
})
