// How it went, in one click, under a chat that has ended.
const WORDS = {good: "Thank you. You said that it went well.", bad: "Thank you. You said that it did not go well. A lead reads every such answer."}

export class Rating {
  #place
  #send
  #key = null

  constructor({place, send}) {
    this.#place = place
    this.#send = send
    for (const button of place.querySelectorAll("[data-rate]")) button.addEventListener("click", () => this.#click(button))
  }

  show({conversation, rating = ""}) {
    this.#key = conversation
    this.#place.hidden = !rating
    this.#place.querySelector("[data-ask]").hidden = rating !== "asked"
    this.#place.querySelector("[role=status]").textContent = WORDS[rating] ?? ""
  }

  async #click({dataset}) {
    const key = this.#key
    try {
      const {rating} = await this.#send(key, {good: dataset.rate === "good"})
      if (key === this.#key) this.show({conversation: key, rating})
    } catch ({message}) {
      this.#place.querySelector("[role=status]").textContent = message
    }
  }
}
