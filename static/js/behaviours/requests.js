// htmx requests carry the page's CSRF token, and one that fails says so in words.
const FAILURES = {401: "refused", 403: "refused", 404: "refused", 413: "large", 429: "often"}

document.addEventListener("htmx:config:request", ({detail: {ctx}}) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content
  if (token && ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = token
})

document.addEventListener("htmx:response:error", ({detail: {ctx}}) => {
  const {status} = ctx.response
  if (status !== 422 && status !== 409 && status !== 400) fail(FAILURES[status] ?? "broken")
})

document.addEventListener("htmx:error", ({detail}) => {
  if (detail.ctx) fail("offline")
})

function fail(reason) {
  const words = document.getElementById("toast-words")?.dataset[reason]
  if (words) document.dispatchEvent(new CustomEvent("toast", {detail: {words, kind: "failure"}}))
}
