// The inbox: the list follows by itself, the open chat by its socket.
import {Alerting} from "./alerting.js"
import {insertWith} from "./inserting.js"
import {draw, element} from "./lines.js"
import {Uploads, upload} from "./uploads.js"
import {Wire} from "./wire.js"

const $ = (id) => document.getElementById(id)
const list = $("lines")
const form = $("chat-form")
const csrf = document.querySelector('meta[name="csrf-token"]').content
const conversation = list ? Number(list.dataset.conversation) : null
const events = list?.dataset.events
let last = 0
let isFollowing = false
let asking = null

const wire = new Wire({path: "/console/chat/socket/", store: "waratah-unsent-desk", http: {
  news: async (name, after, signal) => {
    await new Promise((resolve) => setTimeout(resolve, 2000))
    return asked(await fetch(`${events}?after=${after}`, {signal, redirect: "error"}))
  },
  say: async (name, line) => asked(await fetch(`/console/chat/${name}/messages/`, {method: "POST", redirect: "error", body: JSON.stringify(line), headers: {"Content-Type": "application/json", "X-CSRFToken": csrf}})),
}})
const alerting = new Alerting($("chat-alerts"))
wire.addEventListener("given", ({detail}) => alerting.call("A chat waits for you", `/console/chat/${detail.given}/`))
const changed = () => $("chats")?.dispatchEvent(new CustomEvent("changed"))
wire.addEventListener("inbox", changed)
wire.addEventListener("state", ({detail}) => {
  show(detail.state)
  clearInterval(asking)
  // Where sockets are blocked nothing rings for the list.
  if (detail.state === "polling") asking = setInterval(changed, 5000)
})

if (list) {
  for (const line of wire.unsent(conversation)) sketch(line)
  wire.addEventListener("news", ({detail}) => news(detail))
  wire.addEventListener("typing", ({detail}) => typing(detail))
  wire.addEventListener("refused", ({detail}) => refused(detail))
  wire.watch(conversation, 0)
}

function news(detail) {
  if (detail.conversation !== conversation) return
  for (const line of detail.lines) {
    const item = draw(list, line, {mine: true, fileAddress: ({id}) => location.assign(`/console/chat/${conversation}/files/${id}/`)})
    if (line.is_ours && line.public_number) item.dataset.public = line.public_number
    if (line.public_number) last = line.public_number
    if (!line.is_ours) $("typing").textContent = ""
  }
  reached(detail.receipt)
  if (detail.lines.length === 0) return
  if (isFollowing && !document.hasFocus() && detail.lines.some((line) => !line.is_ours)) alerting.call("A client has written", location.pathname)
  isFollowing = true
  list.lastElementChild?.scrollIntoView({block: "nearest"})
  receipt()
}

// How far the client has come stands at the last of our lines that got so far.
function reached({read, delivered}) {
  for (const mark of list.querySelectorAll(".line__receipt")) mark.remove()
  const said = [...list.querySelectorAll(".line--said[data-public]")]
  const lastRead = said.findLast((item) => Number(item.dataset.public) <= read)
  const lastDelivered = said.findLast((item) => Number(item.dataset.public) <= delivered)
  lastRead?.append(element("span", "Read", "line__receipt"))
  if (lastDelivered !== lastRead) lastDelivered?.append(element("span", "Delivered", "line__receipt"))
}

function receipt() {
  if (last && document.hasFocus()) wire.receipt(conversation, {read: last})
}
addEventListener("focus", receipt)

function sketch(line) {
  draw(list, {...line, kind: line.whisper ? "whispered" : "said", is_public: !line.whisper, author: "You", is_ours: true}, {mine: true, fileAddress: () => {}})
}

if (form) {
  const uploads = new Uploads({
    form, list: $("chat-files"), fail,
    send: (file, progress) => upload(list.dataset.files, file, {headers: {"X-CSRFToken": csrf}, progress}),
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (uploads.isBusy) return fail("A file is still on its way. Send once it is here.")
    const text = $("chat-words").value
    const files = uploads.take()
    if (!text.trim() && files.length === 0) return
    fail("")
    const whisper = new FormData(form).get("audience") === "internal"
    sketch({...wire.say(conversation, {text, whisper, files: files.map(({id}) => id)}), files})
    $("chat-words").value = ""
    list.lastElementChild?.scrollIntoView({block: "nearest"})
  })
  insertWith([...form.querySelectorAll("[data-into]")], $("chat-words"))
  $("chat-words").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })
  $("chat-words").addEventListener("input", () => new FormData(form).get("audience") === "public" && wire.typing(conversation))
}

// What was meant for another chat is never put into the box of this one, and never lost without a word either.
function refused({line, error}) {
  if (line.conversation !== conversation) return fail(`What you wrote in another chat was not taken. ${error} You wrote: ${line.text}`)
  list.querySelector(`[data-id="${CSS.escape(line.id)}"]`)?.remove()
  fail(error)
  if (form) $("chat-words").value ||= line.text
}

let quiet = null
function typing({typing: name, name: who}) {
  if (name !== conversation) return
  $("typing").textContent = `${who} is writing`
  clearTimeout(quiet)
  quiet = setTimeout(() => ($("typing").textContent = ""), 4000)
}

async function asked(answer) {
  const content = await answer.json().catch(() => ({}))
  if (answer.ok) return content
  throw Object.assign(new Error(content.error), {status: answer.status, error: content.error ?? "The desk did not take it."})
}

function fail(message) {
  const place = $("chat-error")
  if (!place) return
  place.textContent = message
  place.hidden = !message
}

function show(state) {
  for (const element of document.querySelectorAll("[data-live-state]")) {
    const words = element.querySelector("[data-apart]")
    element.dataset.state = state === "polling" ? "with" : state
    if (words) words.textContent = words.dataset[state] ?? ""
  }
}
