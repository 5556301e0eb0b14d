// Frames of mails are as tall as what they hold. Nothing runs in them: this page measures them from outside.
const SELECTOR = "iframe.mail-frame"

document.addEventListener("load", ({target}) => target instanceof Element && target.matches(SELECTOR) && follow(target), true)
document.querySelectorAll(SELECTOR).forEach(follow)

function follow(frame) {
  const body = frame.contentDocument?.body
  if (!body || body.childElementCount + body.textContent.length === 0) return
  new ResizeObserver(() => fit(frame, body)).observe(body)
}

function fit(frame, body) {
  const sideways = body.scrollWidth > body.clientWidth ? 20 : 0
  frame.height = Math.ceil(body.getBoundingClientRect().height) + sideways
}
