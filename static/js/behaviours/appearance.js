// The switch for colours and density works without a page load; the server reads the cookie next time.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-appearance]")
  const choice = event.submitter
  if (!form || !choice?.name) return
  event.preventDefault()
  choose(form, choice.name, choice.value)
})

function choose(form, name, value) {
  const root = document.documentElement
  if (value) root.dataset[name] = value
  else delete root.dataset[name]
  const secure = location.protocol === "https:" ? "; Secure" : ""
  const age = value ? 31536000 : 0
  document.cookie = `${name}=${value}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`
  for (const button of form.querySelectorAll(`button[name="${name}"]`)) {
    button.setAttribute("aria-pressed", String(button.value === value))
  }
  if (name === "theme") followTheme(value)
}

function followTheme(theme) {
  const scheme = document.querySelector('meta[name="color-scheme"]')
  if (scheme) scheme.content = theme || "light dark"
}
