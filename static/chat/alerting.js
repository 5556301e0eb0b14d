// A sound and a notification of the desktop, each only where the agent chose it; the browser is asked at that click.
// Neither holds any words of a client: screens are looked at by others too.
export class Alerting {
  #sound
  #notifications
  #context = null

  constructor(place) {
    this.#sound = place?.querySelector("[name=sound]")
    this.#notifications = place?.querySelector("[name=notifications]")
    place?.addEventListener("change", (event) => this.#chosen(place, event.target))
  }

  call(words, address) {
    if (this.#sound?.checked) this.#ring()
    if (this.#notifications?.checked && !document.hasFocus()) this.#notify(words, address)
  }

  async #chosen(place, box) {
    if (box === this.#notifications && box.checked && !(await isAllowed())) {
      box.checked = false
      place.querySelector("[role=status]").textContent = place.dataset.refused
    }
    if (box === this.#sound && box.checked) this.#ring()
    place.requestSubmit()
  }

  // Two notes; browsers let them sound once the page was used.
  #ring() {
    this.#context ??= new AudioContext()
    const start = this.#context.currentTime
    for (const [pitch, after] of [[660, 0], [880, 0.14]]) {
      const tone = this.#context.createOscillator()
      const volume = this.#context.createGain()
      tone.frequency.value = pitch
      volume.gain.setValueAtTime(0.15, start + after)
      volume.gain.exponentialRampToValueAtTime(0.001, start + after + 0.25)
      tone.connect(volume).connect(this.#context.destination)
      tone.start(start + after)
      tone.stop(start + after + 0.3)
    }
    this.#context.resume()
  }

  #notify(words, address) {
    if (!("Notification" in window) || Notification.permission !== "granted") return
    const shown = new Notification(words, {tag: address})
    shown.addEventListener("click", () => {
      focus()
      location.assign(address)
    })
  }
}

async function isAllowed() {
  if (!("Notification" in window)) return false
  return (await Notification.requestPermission()) === "granted"
}
