// The pop-up: three ways on, who is talking, and the talk. It lives in our frame on whatever page.
import {answersIn, drawQuestions, fitWho} from "./asked.js"
import {Asking} from "./asking.js"
import {draw, element} from "./lines.js"
import {Rating} from "./rating.js"
import {Uploads, upload} from "./uploads.js"
import {Wire} from "./wire.js"

const $ = (id) => document.getElementById(id)
const site = document.body.dataset.site
const origins = document.body.dataset.origins.split(" ")
const KEPT = `waratah-visit-${site}`
const ask = new Asking()
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
let host = null
let page = ""
let facts = null
let visit = null
let wire = null
let current = null
let then = "home"
let wasVouched = false
const trail = []

addEventListener("message", hear)
parent.postMessage({waratah: true, ready: true}, "*")
refreshSite().then(comeBack)
setInterval(refreshSite, 60_000)

// Only the page that holds this frame is heard, and only from an origin of the site's list.
function hear({source, origin, data}) {
  if (source !== parent || !origins.includes(origin) || !data || data.waratah !== true) return
  host = origin
  if (typeof data.page === "string") page = data.page
  if ("voucher" in data) vouched(data.voucher)
  if (data.opened) $("title").focus()
}

function tell(content) {
  if (host) parent.postMessage({waratah: true, ...content}, host)
}

async function refreshSite() {
  try {
    facts = await ask.get(`/chat/sites/${site}/?zone=${encodeURIComponent(zone)}`)
  } catch {
    return
  }
  const words = facts.is_live ? facts.sentence : `${facts.sentence}. Write now: your message becomes a case, and we answer by e-mail.`
  for (const id of ["hours", "write-hours"]) if ($(id).textContent !== words) $(id).textContent = words
  fitWho($("who-form"), facts.asks)
  $("reply-time").textContent = replyTime()
  $("notices").replaceChildren(...facts.notices.map(notice))
}

function replyTime() {
  if (!facts.is_live) return "We take it as a case and tell you its number"
  if (facts.reply_seconds === null) return "We answer within minutes"
  const minutes = Math.max(1, Math.round(facts.reply_seconds / 60))
  return `In the last hour we answered after ${minutes} ${minutes === 1 ? "minute" : "minutes"}`
}

function notice({title, text}) {
  const made = element("p", "", "notice")
  made.append(element("strong", title), element("span", ` ${text}`))
  return made
}

// Who ---------------------------------------------------------------------------------------------

async function comeBack() {
  const kept = recall()
  if (!kept || visit) return
  ask.secret = kept
  try {
    const found = await ask.get("/chat/visits/me/")
    if (!visit) begin(found)
  } catch ({status}) {
    ask.secret = visit ? ask.secret : null
    if (status === 401) remember("")
  }
}

// A vouched visit is kept in memory alone: whoever uses this browser next is somebody else.
async function vouched(voucher) {
  if (!voucher) return
  try {
    const opened = await new Asking().post("/chat/visits/", {site, voucher})
    wire?.close()
    ask.secret = opened.secret
    wasVouched = true
    begin(opened)
  } catch ({message}) {
    fail($("home"), message)
  }
}

function begin(found) {
  visit = found
  $("about").hidden = !visit.is_vouched
  wire = new Wire({path: "/chat/socket/", hello: ask.secret, about: () => ({page}), store: `waratah-unsent-${site}`, http: {
    news: (name, after, signal) => ask.get(`/chat/poll/${name}/?after=${after}`, {signal}),
    say: (name, line) => ask.post(`/chat/conversations/${name}/messages/`, line),
    receipt: (name, numbers) => ask.post(`/chat/conversations/${name}/receipts/`, numbers),
  }})
  wire.addEventListener("news", ({detail}) => news(detail))
  wire.addEventListener("typing", ({detail}) => typing(detail))
  wire.addEventListener("refused", ({detail}) => refused(detail))
  wire.addEventListener("state", ({detail}) => state(detail.state))
  if (then !== "home") go(then)
  else resume()
}

// Coming to another page of the same site, the talk goes on where it was.
async function resume() {
  const open = (await held()).find((one) => one.state !== "ended")
  if (open && trail.length === 0) openTalk(open.key)
}

$("who-form").addEventListener("submit", async (event) => {
  event.preventDefault()
  const form = event.target
  await sending(form, async () => {
    const opened = await ask.post("/chat/visits/", {site, ...Object.fromEntries(new FormData(form))})
    ask.secret = opened.secret
    remember(opened.secret)
    begin(opened)
  })
})

// Ways --------------------------------------------------------------------------------------------

for (const button of document.querySelectorAll("[data-go]")) button.addEventListener("click", () => go(button.dataset.go))
$("back").addEventListener("click", () => {
  trail.pop()
  if (current) leave()
  show(trail.at(-1) ?? "home")
})
$("close").addEventListener("click", () => tell({close: true}))
addEventListener("keydown", ({key}) => key === "Escape" && tell({close: true}))

function go(way) {
  then = way
  if (way !== "find" && !visit) return introduce()
  then = "home"
  if (way === "list") list()
  if (way === "write" && facts) drawQuestions($("questions"), facts.questions)
  show(way, {step: true})
}

// Where nothing is asked of a visitor, nobody is shown an empty form.
function introduce() {
  if (facts?.takes_anonymous === false) return show("home")
  if (facts?.asks.name === "no" && facts.asks.email === "no") return $("who-form").requestSubmit()
  show("who", {step: true})
}

const TITLES = {home: $("title").textContent, who: "Who are you?", write: "Send us a message", talk: "Chat", find: "Knowledge base", read: "Knowledge base", list: "Your conversations"}

function show(screen, {step = false} = {}) {
  if (step && trail.at(-1) !== screen) trail.push(screen)
  if (screen === "home") trail.length = 0
  for (const section of document.querySelectorAll(".screen")) section.hidden = section.id !== screen
  $("back").hidden = screen === "home"
  $("title").textContent = TITLES[screen]
  const first = $(screen).querySelector("input:not([type=file]), textarea, button")
  if (screen !== "home") (first ?? $("title")).focus()
}

async function held() {
  try {
    return (await ask.get("/chat/conversations/")).conversations
  } catch ({message}) {
    fail($("home"), message)
    return []
  }
}

async function list() {
  const rows = (await held()).map((one) => {
    const item = document.createElement("li")
    const button = element("button", "", "way")
    button.type = "button"
    button.append(element("strong", one.subject), element("span", `Case ${one.case} · ${new Date(one.at).toLocaleString()}${one.unread ? ` · ${one.unread} new` : ""}`))
    button.addEventListener("click", () => openTalk(one.key))
    item.append(button)
    return item
  })
  if (rows.length === 0) rows.push(element("li", "Your conversations will stand here once you have sent a message."))
  $("conversations").replaceChildren(...rows)
}

let beginning = null
$("write-form").addEventListener("submit", async (event) => {
  event.preventDefault()
  const form = event.target
  const values = Object.fromEntries(new FormData(form))
  // The same id until it is taken: a click too many, or an answer that was lost, begins nothing twice.
  beginning ??= crypto.randomUUID()
  await sending(form, async () => {
    const news = await ask.post("/chat/conversations/", {id: beginning, text: values.text, case: values.case ?? "", answers: answersIn(values)})
    beginning = null
    form.reset()
    trail.length = 0
    openTalk(news.conversation)
  })
})

// Talk --------------------------------------------------------------------------------------------

const uploads = new Uploads({
  form: $("talk-form"), list: $("files"), fail: (message) => fail($("talk-form"), message),
  send: (file, progress) => upload("/chat/files/", file, {headers: ask.headers(), progress}),
})

const rating = new Rating({place: $("rating"), send: (key, content) => ask.post(`/chat/conversations/${key}/rating/`, content)})

function openTalk(key) {
  current = {key, last: 0, read: 0}
  $("lines").replaceChildren()
  $("case").textContent = ""
  rating.show({conversation: key})
  show("talk", {step: true})
  for (const line of wire.unsent(key)) sketch(line)
  wire.watch(key, 0)
}

function leave() {
  wire?.unwatch(current.key)
  current = null
}

function news(detail) {
  if (!current || detail.conversation !== current.key) return
  const isAtEnd = atEnd()
  $("case").textContent = caseWords(detail)
  $("talk-form").hidden = detail.state === "ended"
  rating.show(detail)
  for (const line of detail.lines) {
    draw($("lines"), line, {mine: false, fileAddress: fetchFile})
    current.last = line.number
    if (line.is_ours) $("typing").textContent = ""
  }
  seen(detail)
  if (detail.lines.length === 0) return
  if (isAtEnd) toEnd()
  receipt()
}

function caseWords({case: number, state: where, agent}) {
  if (where === "ended") return `Case ${number}. This chat has ended; what was said is mailed to you.`
  if (where === "message") return `Case ${number}. We have your message and answer by e-mail, and here.`
  if (where === "active" && agent) return `Case ${number}. You talk to ${agent}.`
  return `Case ${number}. Somebody will be with you soon.`
}

function seen({receipt: {read}}) {
  const mine = [...$("lines").querySelectorAll(".line--mine[data-number]")]
  for (const line of mine) line.toggleAttribute("data-read", Number(line.dataset.number) <= read)
}

function receipt() {
  if (!current?.last) return
  const isSeen = document.visibilityState === "visible" && document.hasFocus()
  wire.receipt(current.key, {delivered: current.last, read: isSeen ? current.last : 0})
  tell({unread: isSeen ? 0 : 1})
}
addEventListener("focus", receipt)

function sketch(line) {
  draw($("lines"), {...line, kind: "said", author: "You", is_ours: false}, {mine: false, fileAddress: fetchFile})
}

$("talk-form").addEventListener("submit", (event) => {
  event.preventDefault()
  if (uploads.isBusy) return fail(event.target, "A file is still on its way. Send once it is here.")
  const text = $("words").value
  const files = uploads.take()
  if (!text.trim() && files.length === 0) return
  fail(event.target, "")
  sketch({...wire.say(current.key, {text, files: files.map(({id}) => id)}), files})
  $("words").value = ""
  $("words").focus()
  toEnd()
})
$("words").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
  event.preventDefault()
  $("talk-form").requestSubmit()
})
$("words").addEventListener("input", () => current && wire.typing(current.key))
$("end").addEventListener("click", () => ask.post(`/chat/conversations/${current.key}/end/`).catch(({message}) => fail($("talk-form"), message)))

let quiet = null
function typing({typing: key, name}) {
  if (key !== current?.key) return
  $("typing").textContent = `${name} is writing`
  clearTimeout(quiet)
  quiet = setTimeout(() => ($("typing").textContent = ""), 4000)
}

function refused({line, error}) {
  if (line.conversation !== current?.key) return
  $("lines").querySelector(`[data-id="${CSS.escape(line.id)}"]`)?.remove()
  fail($("talk-form"), error)
  if (!$("words").value) $("words").value = line.text
}

async function fetchFile({id, name}) {
  const blob = await ask.blob(`/chat/conversations/${current.key}/files/${id}/`)
  const link = Object.assign(document.createElement("a"), {href: URL.createObjectURL(blob), download: name})
  link.click()
  URL.revokeObjectURL(link.href)
}

function state(word) {
  const words = {apart: "No connection. What you write is kept and sent later.", ended: "This chat is over for this browser. Open it again.", with: "", polling: ""}
  $("state").textContent = words[word]
  $("state").hidden = !words[word]
  if (word !== "ended") return
  visit = null
  ask.secret = null
  if (wasVouched) tell({again: true})
  else remember("")
}

function atEnd() {
  const list = $("log")
  return list.scrollHeight - list.scrollTop - list.clientHeight < 60
}

function toEnd() {
  $("log").scrollTop = $("log").scrollHeight
}

// Knowledge base ----------------------------------------------------------------------------------

$("find-form").addEventListener("submit", async (event) => {
  event.preventDefault()
  const q = new FormData(event.target).get("q").trim()
  if (!q) return
  let found = []
  await sending(event.target, async () => ({found} = await ask.get(`/chat/articles/?q=${encodeURIComponent(q)}`)))
  const rows = found.map(({title, passage, id}) => {
    const button = element("button", "", "way")
    button.type = "button"
    button.append(element("strong", title), element("span", passage))
    button.addEventListener("click", () => read(id))
    return button
  })
  $("found").replaceChildren(...(rows.length ? rows : [element("p", "Nothing was found. Try other words, or send us a message.")]))
})

async function read(id) {
  const {title, paragraphs, url} = await ask.get(`/chat/articles/${id}/`)
  const link = Object.assign(element("a", "Open it in the Help Center"), {href: url, target: "_blank", rel: "noopener"})
  $("read").replaceChildren(element("h2", title), ...paragraphs.map((text) => element("p", text)), link)
  show("read", {step: true})
  $("read").focus()
}

// Forms -------------------------------------------------------------------------------------------

async function sending(form, work) {
  const button = form.querySelector("[type=submit]")
  fail(form, "")
  button.disabled = true
  try {
    await work()
  } catch ({message}) {
    fail(form, message)
  } finally {
    button.disabled = false
  }
}

function fail(within, message) {
  const place = within.querySelector(".error") ?? $("state")
  place.textContent = message
  place.hidden = !message
}

function remember(secret) {
  try {
    if (secret) localStorage.setItem(KEPT, secret)
    else localStorage.removeItem(KEPT)
  } catch {}
}

function recall() {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}
