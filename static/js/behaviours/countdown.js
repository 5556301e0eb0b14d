// The time left until an instant, kept right while the page stands: <strong data-countdown="2026-07-02T04:14:00+10:00">.
// Without script the words are as old as the page.
const STEP = 10_000

tick()
setInterval(tick, STEP)
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tick())
document.addEventListener("htmx:after:process", tick)

function tick() {
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const minutes = Math.max(0, Math.floor((new Date(place.dataset.countdown) - Date.now()) / 60_000))
    const words = wordsOf(minutes)
    if (place.textContent !== words) place.textContent = words
  }
}

function wordsOf(minutes) {
  const hours = Math.floor(minutes / 60)
  const rest = `${minutes % 60}\u00a0min`
  return hours ? `${hours}\u00a0h ${rest}` : rest
}
