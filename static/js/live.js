// The doorbell. The socket says what changed, never how; each element that shows it then fetches itself as usual:
//   <section data-live="case:1042" hx-get="/console/cases/1042/timeline/" hx-trigger="changed">
//   <section data-live="*" …>   hears of every change that this person is told of (lists, counts)
// While the socket is away, elements are refreshed every half minute, and [data-live-state] says so.
const PATH = document.querySelector('meta[name="live-path"]')?.content ?? "/live/"
const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000
const ENDED = [4401, 4403]
const GATHER = 400

let socket = null
let wait = FIRST_WAIT
let wasApart = false
let polling = null
const watched = new Set()
const due = new Map()

connect()
document.addEventListener("htmx:after:process", follow)
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && socket === null && connect())

function connect() {
  if (document.querySelector("[data-live]") === null) return
  const scheme = location.protocol === "https:" ? "wss:" : "ws:"
  socket = new WebSocket(`${scheme}//${location.host}${PATH}`)
  socket.addEventListener("open", opened)
  socket.addEventListener("message", ({data}) => heard(JSON.parse(data)))
  socket.addEventListener("close", closed)
}

function opened() {
  wait = FIRST_WAIT
  clearInterval(polling)
  polling = null
  watched.clear()
  follow()
  show("with")
  if (wasApart) elements().forEach(ring)
  wasApart = false
}

function closed({code}) {
  socket = null
  wasApart = true
  if (ENDED.includes(code)) return show("ended")
  show("apart")
  polling ??= setInterval(() => document.visibilityState === "visible" && elements().forEach(ring), LONGEST_WAIT)
  setTimeout(() => socket === null && connect(), wait * (0.5 + Math.random()))
  wait = Math.min(wait * 2, LONGEST_WAIT)
}

// The desk is told what this page shows; it answers for nothing that this person may not see.
function follow() {
  if (socket?.readyState !== WebSocket.OPEN) return
  const wanted = new Set(elements().map((element) => element.dataset.live).filter((subject) => subject !== "*"))
  for (const subject of wanted) if (!watched.has(subject)) tell("watch", subject)
  for (const subject of watched) if (!wanted.has(subject)) tell("unwatch", subject)
}

function tell(verb, subject) {
  if (verb === "watch") watched.add(subject)
  else watched.delete(subject)
  socket.send(JSON.stringify({[verb]: subject}))
}

function heard({changed}) {
  if (!changed) return
  for (const element of elements()) {
    if (element.dataset.live === "*" || element.dataset.live === changed) ring(element, changed)
  }
}

// Several changes within a moment are one refresh; a little chance keeps a thousand screens from asking at once.
function ring(element, changed = "") {
  if (due.has(element)) return
  due.set(element, setTimeout(() => {
    due.delete(element)
    if (element.isConnected) element.dispatchEvent(new CustomEvent("changed", {detail: {changed}}))
  }, GATHER * (0.5 + Math.random())))
}

function elements() {
  return [...document.querySelectorAll("[data-live]")]
}

function show(state) {
  for (const element of document.querySelectorAll("[data-live-state]")) {
    const words = element.querySelector("[data-apart]")
    element.dataset.state = state
    if (words) words.textContent = words.dataset[state] ?? ""
  }
}
