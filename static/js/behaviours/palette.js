// The command palette: places of this page filtered while typing, cases and people from the server below them.
import Combobox from "../../vendor/combobox-nav/combobox-nav.js"

const WAIT = 150

for (const palette of document.querySelectorAll("[data-palette]")) begin(palette)

function begin(palette) {
  const input = palette.querySelector("[role=combobox]")
  const list = palette.querySelector("[role=listbox]")
  const note = palette.querySelector("[role=status]")
  const places = [...list.querySelectorAll("[role=option]")]
  const nav = new Combobox(input, list, {firstOptionSelectionMode: "active"})
  let turn = 0
  let timer

  palette.addEventListener("toggle", ({newState}) => {
    // What was typed before the browser said that it is open is kept: emptied when it closes.
    if (newState === "open") return show(fitting())
    input.value = ""
    nav.stop()
  })
  input.addEventListener("input", () => {
    clearTimeout(timer)
    const words = input.value.trim().toLowerCase()
    show(fitting())
    if (words && palette.dataset.source) timer = setTimeout(() => ask(words), WAIT)
  })
  list.addEventListener("combobox-commit", ({target}) => location.assign(target.dataset.href))

  async function ask(words) {
    const mine = ++turn
    const found = await optionsFrom(palette.dataset.source, words)
    if (mine !== turn || input.value.trim().toLowerCase() !== words) return
    if (found === null) return say(palette.dataset.failed)
    show([...list.querySelectorAll("[role=option]"), ...found])
    if (list.childElementCount === 0) say(palette.dataset.none)
  }

  function fitting() {
    const words = input.value.trim().toLowerCase()
    return places.filter((place) => place.textContent.toLowerCase().includes(words))
  }

  function show(options) {
    nav.stop()
    options.forEach((option, index) => (option.id = `${list.id}-${index}`))
    list.replaceChildren(...options)
    note.hidden = true
    nav.start()
  }

  function say(words) {
    note.textContent = words
    note.hidden = false
  }
}

async function optionsFrom(source, words) {
  const url = new URL(source, location.href)
  url.searchParams.set("q", words)
  try {
    const response = await fetch(url, {headers: {"HX-Request": "true", Accept: "text/html"}})
    if (!response.ok) return null
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    return [...page.querySelectorAll("[role=option][data-href]")]
  } catch {
    return null
  }
}
