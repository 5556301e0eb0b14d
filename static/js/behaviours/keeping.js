// What was typed survives everything: a form with data-keep="name" is remembered in this browser until it was sent.
const PREFIX = "kept:"
const DAYS = 14

forgetOld()
document.querySelectorAll("form[data-keep]").forEach(restore)

document.addEventListener("input", ({target}) => remember(target.closest?.("form[data-keep]")))
document.addEventListener("change", ({target}) => remember(target.closest?.("form[data-keep]")))

// A page says by <meta name="sent" content="name"> that the text arrived; an htmx answer by HX-Trigger: {"sent": "name"}.
document.querySelectorAll('meta[name="sent"]').forEach((meta) => localStorage.removeItem(PREFIX + meta.content))
document.addEventListener("sent", ({detail}) => localStorage.removeItem(PREFIX + (detail?.value ?? detail)))

document.addEventListener("htmx:after:process", ({target}) => {
  target.querySelectorAll?.("form[data-keep]").forEach(restore)
})

document.addEventListener("submit", ({target}) => {
  if (target.matches("[data-signs-out]")) forgetAll()
})

function remember(form) {
  if (!form) return
  const typed = {}
  for (const control of form.elements) {
    if (isKept(control)) typed[control.name] = control.value
  }
  for (const radio of form.querySelectorAll("input[type=radio]:checked")) typed[radio.name] = radio.value
  store(PREFIX + form.dataset.keep, JSON.stringify({at: Date.now(), typed}))
}

function restore(form) {
  const kept = read(PREFIX + form.dataset.keep)
  if (!kept || form.dataset.restored) return
  form.dataset.restored = "yes"
  for (const control of form.elements) {
    const value = kept.typed[control.name]
    if (value === undefined) continue
    if (control.type === "radio") control.checked = control.value === value
    else if (isKept(control) && control.value === control.defaultValue) control.value = value
  }
  form.dispatchEvent(new CustomEvent("restored", {bubbles: true}))
}

function isKept(control) {
  return Boolean(control.name) && control.matches("textarea, select, input:is([type=text], [type=url], [type=email], :not([type]))")
}

function forgetOld() {
  for (const key of keptKeys()) {
    const kept = read(key)
    if (!kept || Date.now() - kept.at > DAYS * 86_400_000) localStorage.removeItem(key)
  }
}

function forgetAll() {
  keptKeys().forEach((key) => localStorage.removeItem(key))
}

function keptKeys() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

// A full or forbidden storage must not get in the way of typing.
function store(key, value) {
  try {
    localStorage.setItem(key, value)
  } catch {
    return
  }
}
