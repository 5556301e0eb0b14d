// <desk-combobox data-source="/url/"> around a text input: suggestions while typing, fetched as <li role="option">.
// Without script it is a text input, and the server takes what was typed. With data-eager it asks for all of them too.
import Combobox from "../../vendor/combobox-nav/combobox-nav.js"

const WAIT = 150

class DeskCombobox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input:not([type=hidden])")
    this.hiddenInput = this.querySelector("input[type=hidden]")
    this.list = this.querySelector("[role=listbox]")
    this.state = this.querySelector("[role=status]")
    this.input.autocomplete = "off"
    this.nav = new Combobox(this.input, this.list)
    this.input.addEventListener("input", () => this.wait())
    this.input.addEventListener("keydown", (event) => this.pressed(event))
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.close())
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    this.list.addEventListener("combobox-commit", (event) => this.choose(event.target))
    this.asked = 0
  }

  disconnectedCallback() {
    clearTimeout(this.timer)
    this.nav.destroy()
  }

  wait() {
    clearTimeout(this.timer)
    if (this.hiddenInput) this.hiddenInput.value = ""
    this.timer = setTimeout(() => this.ask(), WAIT)
  }

  async ask() {
    const words = this.input.value.trim()
    const turn = ++this.asked
    if (!words && !("eager" in this.dataset)) return this.close()
    const answer = await this.fetchOptions(words)
    if (turn !== this.asked) return
    if (answer === null) this.say(this.dataset.failed)
    else this.show(answer)
  }

  async fetchOptions(words) {
    const url = new URL(this.dataset.source, location.href)
    url.searchParams.set("q", words)
    try {
      const response = await fetch(url, {headers: {"HX-Request": "true", Accept: "text/html"}})
      return response.ok ? await response.text() : null
    } catch {
      return null
    }
  }

  show(html) {
    const page = new DOMParser().parseFromString(html, "text/html")
    const options = [...page.querySelectorAll("[role=option]")]
    options.forEach((option, index) => (option.id = `${this.list.id}-${index}`))
    this.list.replaceChildren(...options)
    if (options.length === 0) return this.say(this.dataset.none)
    this.list.hidden = false
    this.state.textContent = options.map((option) => option.textContent.trim()).slice(0, 1) + ` (${options.length})`
    this.nav.start()
  }

  say(words) {
    const line = Object.assign(document.createElement("li"), {className: "combobox__state", textContent: words})
    line.setAttribute("role", "presentation")
    this.nav.stop()
    this.list.replaceChildren(line)
    this.list.hidden = false
    this.state.textContent = words
  }

  choose(option) {
    this.input.value = option.dataset.text ?? option.textContent.trim()
    if (this.hiddenInput) this.hiddenInput.value = option.dataset.value ?? ""
    this.input.dispatchEvent(new Event("change", {bubbles: true}))
    this.close()
  }

  pressed(event) {
    if (event.key !== "Escape" || this.list.hidden) return
    event.stopPropagation()
    this.close()
  }

  close() {
    this.asked += 1
    this.nav.stop()
    this.list.hidden = true
  }
}

customElements.define("desk-combobox", DeskCombobox)
