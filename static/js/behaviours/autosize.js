// Text areas grow with their text. Most browsers do it by themselves (`field-sizing`); this is for the others.
if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", ({target}) => {
    if (target instanceof HTMLTextAreaElement) fit(target)
  })
  document.querySelectorAll("textarea").forEach(fit)
}

function fit(area) {
  area.style.blockSize = "auto"
  area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`
}
