// Short news at the foot of the page: from an htmx answer (HX-Trigger: {"toast": "…"}), or from another behaviour.
// What succeeded goes away by itself, unless somebody is reading it; what failed stays until it is dismissed.
const SECONDS = 8
const region = document.getElementById("toasts")

region?.querySelectorAll("[data-toast]").forEach(start)

document.addEventListener("toast", ({detail}) => {
  const news = typeof detail === "string" ? {words: detail} : {words: detail.words ?? detail.value, kind: detail.kind}
  show(news)
})

region?.addEventListener("click", (event) => {
  if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove()
})

function show({words, kind}) {
  const template = document.getElementById(kind === "failure" ? "toast-failure-template" : "toast-template")
  if (!region || !template || !words) return
  const toast = template.content.firstElementChild.cloneNode(true)
  toast.querySelector(".toast__words").textContent = words
  if ([...region.children].some((other) => other.textContent.trim() === toast.textContent.trim())) return
  region.append(toast)
  start(toast)
}

function start(toast) {
  if (toast.classList.contains("toast--failure")) return
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove())
  setTimeout(leave, SECONDS * 1000)
}
