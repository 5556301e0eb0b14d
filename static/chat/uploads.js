// Files by button, drag, paste and camera, each with its progress; `send(file, progress)` promises {id, name, size}.
import {element} from "./lines.js"

export class Uploads {
  #list
  #send
  #kept = new Map()
  #fail

  constructor({form, list, send, fail}) {
    this.#list = list
    this.#send = send
    this.#fail = fail
    for (const input of form.querySelectorAll("[data-pick]")) {
      input.addEventListener("change", () => {
        this.add(input.files)
        input.value = ""
      })
    }
    form.addEventListener("dragover", (event) => event.preventDefault())
    form.addEventListener("drop", (event) => {
      event.preventDefault()
      this.add(event.dataTransfer.files)
    })
    form.addEventListener("paste", (event) => event.clipboardData.files.length && this.add(event.clipboardData.files))
  }

  add(files) {
    for (const file of files) this.#begin(file)
  }

  get isBusy() {
    return [...this.#kept.values()].some((kept) => kept === null)
  }

  take() {
    const files = [...this.#kept.values()].filter(Boolean)
    this.#kept.clear()
    this.#list.replaceChildren()
    return files
  }

  async #begin(file) {
    const item = element("li", file.name)
    const bar = document.createElement("progress")
    bar.max = 1
    bar.setAttribute("aria-label", `Sending ${file.name}`)
    item.append(bar)
    this.#list.append(item)
    this.#kept.set(item, null)
    try {
      this.#kept.set(item, await this.#send(file, (share) => (bar.value = share)))
      const remove = element("button", "Remove", "quiet")
      remove.type = "button"
      remove.setAttribute("aria-label", `Remove ${file.name}`)
      remove.addEventListener("click", () => {
        this.#kept.delete(item)
        item.remove()
      })
      bar.replaceWith(remove)
    } catch (problem) {
      this.#kept.delete(item)
      item.remove()
      this.#fail(problem.message)
    }
  }
}

export function upload(address, file, {headers, progress}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append("file", file, file.name || "picture.png")
    request.open("POST", address)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.addEventListener("progress", ({loaded, total}) => progress(total ? loaded / total : 0))
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText)
      if (request.status === 201) resolve(answer)
      else reject(new Error(answer.error ?? "The file was not taken. It may be too large."))
    })
    request.addEventListener("error", () => reject(new Error("The file could not be sent. Check your connection.")))
    request.send(body)
  })
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
