// <desk-finder data-source="/url/"> around a search form: suggestions that lead straight to a page.
// Without script it is a search form; with it Enter still searches, unless a suggestion is chosen.
import Combobox from "../../vendor/combobox-nav/combobox-nav.js"

const WAIT = 150

class DeskFinder extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=search]")
    this.list = this.querySelector("[role=listbox]")
    this.state = this.querySelector("[role=status]")
    this.nav = new Combobox(this.input, this.list)
    this.asked = 0
    this.input.addEventListener("input", () => this.wait())
    this.input.addEventListener("keydown", (event) => this.pressed(event))
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.close())
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    this.list.addEventListener("combobox-commit", (event) => location.assign(event.target.dataset.href))
  }

  disconnectedCallback() {
    clearTimeout(this.timer)
    this.nav.destroy()
  }

  wait() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), WAIT)
  }

  async ask() {
    const words = this.input.value.trim()
    const turn = ++this.asked
    if (words.length < 2) return this.close()
    const options = await this.fetchOptions(words)
    if (turn === this.asked) this.show(options)
  }

  async fetchOptions(words) {
    const url = new URL(this.dataset.source, location.href)
    url.searchParams.set("q", words)
    try {
      const response = await fetch(url, {headers: {"HX-Request": "true", Accept: "text/html"}})
      const page = new DOMParser().parseFromString(response.ok ? await response.text() : "", "text/html")
      return [...page.querySelectorAll("[role=option]")]
    } catch {
      return []
    }
  }

  show(options) {
    options.forEach((option, index) => (option.id = `${this.list.id}-${index}`))
    this.list.replaceChildren(...options)
    this.state.textContent = options.length ? `${options[0].textContent.trim()} (${options.length})` : this.dataset.none
    if (options.length === 0) return this.close()
    this.list.hidden = false
    this.nav.start()
  }

  pressed(event) {
    if (event.key !== "Escape" || this.list.hidden) return
    event.stopPropagation()
    event.preventDefault()
    this.close()
  }

  close() {
    this.asked += 1
    this.nav.stop()
    this.list.hidden = true
  }
}

customElements.define("desk-finder", DeskFinder)
