// data-hotkey="…" on a button, a link or a field is its key. The help sheet is made from what this page has.
import {install, uninstall, normalizeHotkey} from "../../vendor/hotkey/hotkey.js"

const isApple = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? "")
const installed = new Set()

follow()
document.addEventListener("htmx:after:process", follow)

document.getElementById("shortcuts")?.addEventListener("toggle", ({target, newState}) => {
  if (newState === "open") write(target.querySelector("[data-shortcuts]"))
})

if (isApple) document.querySelectorAll("[data-mod-key]").forEach((key) => (key.textContent = "⌘ K"))

function follow() {
  for (const element of installed) {
    if (!element.isConnected) {
      uninstall(element)
      installed.delete(element)
    }
  }
  for (const element of document.querySelectorAll("[data-hotkey]")) {
    if (installed.has(element)) continue
    install(element, element.dataset.hotkey)
    installed.add(element)
  }
}

function write(list) {
  const lines = [...document.querySelectorAll("[data-hotkey]")].map(lineOf)
  list.replaceChildren(...lines)
}

function lineOf(element) {
  const line = document.createElement("div")
  const term = document.createElement("dt")
  const keys = document.createElement("dd")
  term.textContent = element.dataset.hotkeyWords ?? element.getAttribute("aria-label") ?? element.textContent.trim()
  const ways = element.dataset.hotkey.split(",")
  keys.append(...ways[0].split(" ").flatMap((chord) => [keyOf(chord), " "]))
  line.append(term, keys)
  return line
}

function keyOf(chord) {
  const key = document.createElement("kbd")
  key.className = "kbd"
  const parts = normalizeHotkey(chord).replace("Meta", "⌘").replace("Control", "Ctrl").split("+")
  key.textContent = parts.length > 1 ? parts.join(" ").toUpperCase().replace("CTRL", "Ctrl") : chord
  return key
}
