// One socket for any number of conversations. It comes back by itself with chance in the pause, asks for what came after
// the last number it has, and sends again, one at a time and in order, what was not stored. Each line has an id of its
// own, so that none is said twice. Where sockets are blocked the same goes by `http`:
//   http.news(name, after, signal) and http.say(name, line), both promises; the words are those of chat/README.md
const FIRST_WAIT = 500
const LONGEST_WAIT = 15_000
const PATIENCE = 8_000
const SOCKETS_TRIED = 2
const SOCKET_AGAIN = 60_000
const ENDED = [4401, 4403]
const FINAL = [400, 404, 413, 422]
const AGAIN = 3

export class Wire extends EventTarget {
  #path
  #hello
  #about
  #http
  #socket = null
  #isWelcome = false
  #wait = FIRST_WAIT
  #failures = 0
  #polling = null
  #watched = new Map()
  #outbox = []
  #inFlight = null
  #timer = null
  #store
  #life = new AbortController()

  constructor({path, hello = null, about = () => ({}), http, store = null}) {
    super()
    this.#path = path
    this.#hello = hello
    this.#about = about
    this.#http = http
    this.#store = store
    this.#outbox = this.#kept()
    const {signal} = this.#life
    addEventListener("online", () => this.#again(0), {signal})
    addEventListener("offline", () => this.#drop(), {signal})
    this.connect()
  }

  connect() {
    if (this.#socket || !navigator.onLine) return
    const scheme = location.protocol === "https:" ? "wss:" : "ws:"
    const socket = new WebSocket(`${scheme}//${location.host}${this.#path}`)
    this.#socket = socket
    // Given up at once: where a proxy swallows all that goes over it, the close would be waited for as well.
    const patience = setTimeout(() => socket === this.#socket && this.#drop(), PATIENCE)
    socket.addEventListener("open", () => this.#hello && socket.send(JSON.stringify({hello: this.#hello, ...this.#about()})))
    socket.addEventListener("message", ({data}) => {
      clearTimeout(patience)
      if (socket === this.#socket) this.#heard(JSON.parse(data))
    })
    socket.addEventListener("close", ({code}) => {
      clearTimeout(patience)
      if (socket === this.#socket) this.#closed(code)
    })
  }

  watch(name, after = 0) {
    this.#watched.set(name, after)
    if (this.#isWelcome) this.#send({watch: name, after})
  }

  unwatch(name) {
    this.#watched.delete(name)
    if (this.#isWelcome) this.#send({unwatch: name})
  }

  // Returns the line, which is shown as on its way until a "stored" event names its id.
  say(conversation, words) {
    const line = {conversation, id: crypto.randomUUID(), files: [], ...words, written_at: new Date().toISOString()}
    this.#outbox.push(line)
    this.#keep()
    this.#push()
    return line
  }

  unsent(conversation) {
    return this.#outbox.filter((line) => line.conversation === conversation)
  }

  typing(name) {
    if (this.#isWelcome) this.#send({typing: name})
  }

  receipt(name, numbers) {
    if (this.#isWelcome) this.#send({receipt: name, ...numbers})
    else this.#http.receipt?.(name, numbers).catch(() => {})
  }

  // For good: another visit has a wire of its own.
  close() {
    this.#life.abort()
    this.#stopPolling()
    this.#landed()
    clearTimeout(this.#timer)
    const socket = this.#socket
    this.#socket = null
    socket?.close()
  }

  #heard(content) {
    if ("welcome" in content) this.#welcomed()
    else if (content.news) this.#news(content.news)
    else if (content.stored) this.#stored(content.stored.id)
    else if (content.refused) this.#refused(content.refused)
    else if (content.typing !== undefined) this.#tell("typing", content)
    else if (content.inbox) this.#tell("inbox", content)
    else if (content.given) this.#tell("given", content)
  }

  #welcomed() {
    this.#isWelcome = true
    this.#wait = FIRST_WAIT
    this.#failures = 0
    this.#stopPolling()
    this.#tell("state", {state: "with"})
    for (const [name, after] of this.#watched) this.#send({watch: name, after})
    this.#landed()
    this.#push()
  }

  #news(news) {
    const name = news.conversation
    const after = this.#watched.get(name)
    if (after === undefined) return
    news.lines = news.lines.filter((line) => line.number > after)
    const last = news.lines.at(-1)
    if (last) this.#watched.set(name, last.number)
    for (const line of news.lines) if (line.id) this.#stored(line.id, {quietly: true})
    this.#tell("news", news)
  }

  #stored(id, {quietly = false} = {}) {
    const index = this.#outbox.findIndex((line) => line.id === id)
    if (index < 0) return
    this.#outbox.splice(index, 1)
    this.#keep()
    if (this.#inFlight?.id === id) this.#landed()
    if (!quietly) this.#tell("stored", {id})
    this.#push()
  }

  #refused({id, watch, error, again}) {
    if (watch !== undefined) return this.#tell("missing", {conversation: watch, error})
    const line = this.#outbox.find((one) => one.id === id)
    this.#landed()
    if (!line) return
    if (again) return void setTimeout(() => this.#push(), again * 1000)
    this.#outbox = this.#outbox.filter((one) => one !== line)
    this.#keep()
    this.#tell("refused", {line, error})
    this.#push()
  }

  // One line at a time: the next leaves once this one is stored, so that their order is kept.
  #push() {
    const line = this.#outbox[0]
    if (!line || this.#inFlight) return
    if (this.#isWelcome) {
      this.#fly(line)
      this.#send({say: line})
    } else if (this.#polling) {
      this.#fly(line)
      // Only an answer that names the line says that it is stored; the page of a sign-in is an answer too.
      this.#http.say(line.conversation, line).then(
        ({id}) => id === line.id ? this.#stored(id) : this.#refused({id: line.id, again: AGAIN}),
        ({error, status, again}) => this.#refused({id: line.id, error, again: again ?? (FINAL.includes(status) ? 0 : AGAIN)}),
      )
    }
  }

  #fly(line) {
    const timer = setTimeout(() => this.#drop(), PATIENCE)
    this.#inFlight = {id: line.id, timer}
  }

  #landed() {
    clearTimeout(this.#inFlight?.timer)
    this.#inFlight = null
  }

  #send(content) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(content))
  }

  #drop() {
    const socket = this.#socket
    this.#landed()
    if (!socket) return
    this.#closed(1006)
    socket.close()
  }

  #closed(code) {
    this.#socket = null
    this.#failures = this.#isWelcome ? 0 : this.#failures + 1
    this.#isWelcome = false
    this.#landed()
    if (ENDED.includes(code)) {
      this.#stopPolling()
      return this.#tell("state", {state: "ended"})
    }
    this.#tell("state", {state: this.#polling ? "polling" : "apart"})
    if (this.#failures >= SOCKETS_TRIED) this.#startPolling()
    this.#again(this.#polling ? SOCKET_AGAIN : this.#wait * (0.5 + Math.random()))
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT)
  }

  #again(pause) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.connect(), pause)
  }

  #startPolling() {
    if (this.#polling) return
    this.#polling = new AbortController()
    this.#tell("state", {state: "polling"})
    this.#poll(this.#polling.signal)
    this.#push()
  }

  async #poll(signal) {
    while (!signal.aborted) {
      const names = [...this.#watched]
      if (names.length === 0) await pause(1000)
      for (const [name, after] of names) {
        try {
          this.#news(await this.#http.news(name, after, signal))
          this.#push()
        } catch {
          await pause(2000 * (0.5 + Math.random()))
        }
      }
    }
  }

  #stopPolling() {
    this.#polling?.abort()
    this.#polling = null
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, {detail}))
  }

  // What was not sent outlives a reload of the page, where the browser lets us keep it.
  #keep() {
    if (!this.#store) return
    try {
      sessionStorage.setItem(this.#store, JSON.stringify(this.#outbox))
    } catch {}
  }

  #kept() {
    if (!this.#store) return []
    try {
      return JSON.parse(sessionStorage.getItem(this.#store) ?? "[]")
    } catch {
      return []
    }
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
