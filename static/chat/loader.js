// The pop-up on any page:  <script src="https://desk.example/chat/widget.js" data-site="KEY" async></script>
// A button in a shadow tree; our frame is loaded when it is first opened. No cookie, no inline style, nothing of ours
// in the page but this. The page may say who its user is:
//   data-voucher-url="/chat-voucher"   an address of the page's own that answers {"voucher": token}
//   waratahChat.identify(token), waratahChat.open(), waratahChat.close()
(() => {
  const script = document.currentScript
  if (!script || window.waratahChat) return
  const desk = new URL(script.src).origin
  const site = script.dataset.site
  const words = script.dataset.words || "Chat with us"
  const side = getComputedStyle(document.documentElement).direction === "rtl" ? "left" : "right"
  const isDark = script.dataset.theme ? script.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
  let frame = null
  let token = null
  let isOpen = false

  const place = document.createElement("div")
  const tree = place.attachShadow({mode: "open"})
  const button = document.createElement("button")
  button.type = "button"
  button.setAttribute("aria-haspopup", "dialog")
  button.setAttribute("aria-expanded", "false")
  button.setAttribute("aria-label", words)
  set(place, {position: "fixed", bottom: "16px", [side]: "16px", "z-index": "2147483000"})
  set(button, {
    width: "56px", height: "56px", border: "0", "border-radius": "28px", padding: "14px", cursor: "pointer",
    background: isDark ? "#6cc7b0" : "#0f5f50", color: isDark ? "#0c211c" : "#fff", "box-shadow": "0 2px 6px rgb(0 0 0 / .2)",
  })
  button.append(icon())
  const focus = (isSeen) => set(button, {outline: isSeen ? `3px solid ${isDark ? "#8cc1ee" : "#1f5a8c"}` : "none", "outline-offset": "2px"})
  button.addEventListener("focus", () => focus(button.matches(":focus-visible")))
  button.addEventListener("blur", () => focus(false))
  button.addEventListener("click", () => isOpen ? close() : open())
  tree.append(button)

  window.waratahChat = {open, close, identify}
  addEventListener("message", hear)
  if (document.readyState === "complete") show()
  else addEventListener("load", show)

  function show() {
    document.body.append(place)
    if (script.dataset.open === "true" || recall() === "open") open({quietly: true})
  }

  function open({quietly = false} = {}) {
    isOpen = true
    remember("open")
    frame ??= make()
    fit()
    set(frame, {display: "block"})
    button.setAttribute("aria-expanded", "true")
    if (quietly) return
    tell({opened: true})
    frame.focus()
  }

  function close() {
    isOpen = false
    remember("")
    if (frame) set(frame, {display: "none"})
    button.setAttribute("aria-expanded", "false")
    button.focus()
  }

  function identify(voucher) {
    token = String(voucher)
    tell({voucher: token})
  }

  function make() {
    const made = document.createElement("iframe")
    const query = new URLSearchParams({theme: isDark ? "dark" : "light", side})
    made.src = `${desk}/chat/frame/${encodeURIComponent(site)}/?${query}`
    made.title = words
    made.referrerPolicy = "origin"
    set(made, {position: "fixed", border: "0", "z-index": "2147483001", "color-scheme": "normal", "background": isDark ? "#14181a" : "#fbfaf6"})
    document.body.append(made)
    addEventListener("resize", fit)
    return made
  }

  function fit() {
    const isPhone = innerWidth < 520 || innerHeight < 480
    set(frame, isPhone
      ? {inset: "0", width: "100%", height: "100%", "border-radius": "0", "box-shadow": "none"}
      : {inset: "auto", bottom: "84px", [side]: "16px", width: "400px", height: "min(640px, calc(100% - 100px))", "border-radius": "12px", "box-shadow": "0 12px 32px rgb(0 0 0 / .28)"})
  }

  // Only what our own frame says is heard, and it is told nothing but to its own origin.
  async function hear({source, origin, data}) {
    if (!frame || source !== frame.contentWindow || origin !== desk || !data || data.waratah !== true) return
    if (data.close) close()
    if (data.unread !== undefined) button.setAttribute("aria-label", data.unread ? `${words}, ${Number(data.unread)} new` : words)
    if (data.ready) {
      tell({hello: true, page: location.origin + location.pathname, hasVoucher: Boolean(token || script.dataset.voucherUrl), opened: isOpen})
      await vouch()
    }
    if (data.again) await vouch({afresh: true})
  }

  async function vouch({afresh = false} = {}) {
    if (script.dataset.voucherUrl && (afresh || !token)) {
      try {
        const answer = await fetch(script.dataset.voucherUrl, {credentials: "same-origin"})
        token = answer.ok ? (await answer.json()).voucher : null
      } catch {
        token = null
      }
    }
    tell({voucher: token})
    token = null
  }

  function tell(content) {
    frame?.contentWindow.postMessage({waratah: true, ...content}, desk)
  }

  function remember(value) {
    try {
      sessionStorage.setItem("waratah-chat", value)
    } catch {}
  }

  function recall() {
    try {
      return sessionStorage.getItem("waratah-chat")
    } catch {
      return null
    }
  }

  function set(element, styles) {
    for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value)
  }

  function icon() {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg")
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
    for (const [name, value] of Object.entries({viewBox: "0 0 24 24", width: "28", height: "28", fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true"})) drawing.setAttribute(name, value)
    path.setAttribute("d", "M7.9 20A9 9 0 1 0 4 16.1L2 22Z")
    drawing.append(path)
    return drawing
  }
})()
