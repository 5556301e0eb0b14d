// What the pop-up asks of the desk by HTTP: no cookie goes along, the visit's secret stands in a header.
export class Asking {
  secret = null

  headers() {
    return this.secret ? {Authorization: `Visit ${this.secret}`} : {}
  }

  get(path, options = {}) {
    return this.#ask(path, {...options, method: "GET"})
  }

  post(path, content = {}) {
    return this.#ask(path, {method: "POST", body: JSON.stringify(content)})
  }

  async blob(path) {
    const answer = await fetch(path, {headers: this.headers(), credentials: "omit"})
    if (!answer.ok) throw await problem(answer)
    return answer.blob()
  }

  async #ask(path, options) {
    const answer = await fetch(path, {...options, headers: this.headers(), credentials: "omit"})
    if (!answer.ok) throw await problem(answer)
    return answer.json()
  }
}

async function problem(answer) {
  const content = await answer.json().catch(() => ({}))
  const made = new Error(content.error ?? "We cannot reach the desk. Your text is kept: try again in a minute.")
  return Object.assign(made, {status: answer.status, error: made.message, again: content.again})
}
