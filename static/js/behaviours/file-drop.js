// <desk-file-drop>: the chosen and dropped files as a list, each with its size and a way to remove it.
// With data-upload="/url/" each file is sent at once, with progress, and its token goes with the form
// in a hidden field; without it (and without script) they go with the form as in any form.
class DeskFileDrop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]")
    this.zone = this.querySelector(".file-drop__zone")
    this.list = this.querySelector(".file-drop__list")
    this.pattern = this.querySelector("template").content.firstElementChild
    this.state = this.querySelector("[role=status]")
    this.most = Number(this.dataset.mostBytes) || Infinity
    this.chosen = new Map()
    this.input.addEventListener("change", () => this.add(this.input.files))
    this.zone.addEventListener("dragover", (event) => this.over(event))
    this.zone.addEventListener("dragleave", () => this.zone.classList.remove("file-drop__zone--over"))
    this.zone.addEventListener("drop", (event) => this.dropped(event))
    this.closest("form")?.addEventListener("paste", (event) => this.pasted(event))
  }

  over(event) {
    event.preventDefault()
    this.zone.classList.add("file-drop__zone--over")
  }

  dropped(event) {
    event.preventDefault()
    this.zone.classList.remove("file-drop__zone--over")
    this.add(event.dataTransfer.files)
  }

  pasted(event) {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    this.add(event.clipboardData.files)
  }

  add(files) {
    const fresh = this.input.multiple ? [...files] : [...files].slice(0, 1)
    if (!this.input.multiple) [...this.chosen.keys()].forEach((file) => this.remove(file))
    for (const file of fresh) {
      if ([...this.chosen.keys()].some((other) => isSame(other, file))) continue
      const line = this.lineFor(file)
      this.chosen.set(file, line)
      this.list.append(line)
      if (file.size > this.most) this.fail(line, this.dataset.tooBig)
      else if (this.dataset.upload) this.send(file, line)
    }
    this.settle()
  }

  // Files that go with the form stay in the input; those sent at once leave it, so that they are not sent twice.
  settle() {
    const carried = new DataTransfer()
    for (const [file, line] of this.chosen) {
      if (!this.dataset.upload && !line.dataset.failed) carried.items.add(file)
    }
    this.input.files = carried.files
    this.list.hidden = this.chosen.size === 0
  }

  lineFor(file) {
    const line = this.pattern.cloneNode(true)
    const name = line.querySelector(".file-drop__name")
    const remove = line.querySelector("button")
    name.textContent = name.title = file.name
    line.querySelector(".file-drop__size").textContent = sizeOf(file.size)
    remove.setAttribute("aria-label", `${remove.getAttribute("aria-label")}: ${file.name}`)
    remove.addEventListener("click", () => this.remove(file))
    return line
  }

  remove(file) {
    const line = this.chosen.get(file)
    line?.request?.abort()
    line?.remove()
    this.chosen.delete(file)
    this.settle()
    this.input.focus()
  }

  send(file, line) {
    const bar = line.querySelector("progress")
    bar.hidden = false
    bar.setAttribute("aria-label", file.name)
    const request = (line.request = new XMLHttpRequest())
    request.upload.addEventListener("progress", (event) => (bar.value = (100 * event.loaded) / event.total))
    request.addEventListener("error", () => this.fail(line, this.dataset.failed))
    request.addEventListener("load", () => this.answered(request, {file, line}))
    request.open("POST", this.dataset.upload)
    request.responseType = "json"
    request.setRequestHeader("X-CSRFToken", document.querySelector('meta[name="csrf-token"]')?.content ?? "")
    const form = new FormData()
    form.append("file", file)
    request.send(form)
  }

  answered(request, {file, line}) {
    const answer = request.response
    if (request.status >= 400 || !answer?.token) return this.fail(line, answer?.error ?? this.dataset.failed)
    line.classList.add("file-drop__file--done")
    line.querySelector("progress").hidden = true
    const token = document.createElement("input")
    line.append(Object.assign(token, {type: "hidden", name: this.dataset.tokenName || this.input.name, value: answer.token}))
    this.state.textContent = `${file.name}: ${this.dataset.done}`
  }

  fail(line, words) {
    const error = line.querySelector(".file-drop__error")
    line.querySelector("progress").hidden = true
    line.dataset.failed = "yes"
    line.classList.add("file-drop__file--failed")
    error.textContent = words
    error.hidden = false
    this.state.textContent = `${line.querySelector(".file-drop__name").textContent} ${words}`
  }
}

function isSame(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified
}

function sizeOf(bytes) {
  const units = ["B", "kB", "MB", "GB"]
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1)
  const amount = bytes / 1000 ** step
  return `${amount.toLocaleString(document.documentElement.lang, {maximumFractionDigits: amount < 10 && step > 0 ? 1 : 0})} ${units[step]}`
}

customElements.define("desk-file-drop", DeskFileDrop)
