// The live board: asked for every two seconds while somebody looks; only what changed is put in, so that focus stays.
const EVERY = 2000
const board = document.getElementById("board")
const state = document.getElementById("board-state")

go()
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh())

async function go() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY))
    if (document.visibilityState === "visible") await refresh()
  }
}

async function refresh() {
  try {
    const answer = await fetch(board.dataset.source, {signal: AbortSignal.timeout(10_000), redirect: "error"})
    if (!answer.ok) throw new Error(answer.statusText)
    put(new DOMParser().parseFromString(await answer.text(), "text/html").body)
    state.hidden = true
  } catch {
    const at = new Date(document.getElementById("board-at").dateTime)
    const words = `${state.dataset.apart} ${at.toLocaleTimeString()}.`
    if (state.textContent !== words) state.textContent = words
    state.hidden = false
  }
}

function put(fresh) {
  const old = [...board.children]
  const made = [...fresh.children]
  if (old.length !== made.length) return board.replaceChildren(...made)
  for (const [index, part] of made.entries()) if (!part.isEqualNode(old[index])) swap(old[index], part)
}

function swap(old, part) {
  const held = old.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null
  old.replaceWith(part)
  if (held) part.querySelector(`[aria-label="${CSS.escape(held)}"]`)?.focus({preventScroll: true})
}
