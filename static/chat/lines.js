// Drawing the lines of a conversation; the pop-up and the inbox use the same. Text is only ever set as text.
export function draw(list, line, {mine, fileAddress}) {
  const item = known(list, line) ?? document.createElement("li")
  item.className = `line line--${line.kind} ${line.is_ours === mine ? "line--mine" : "line--theirs"}`
  if (line.is_public === false) item.classList.add("line--internal")
  if (line.id) item.dataset.id = line.id
  if (line.number) item.dataset.number = line.number
  item.toggleAttribute("data-waits", !line.number)
  item.replaceChildren(...parts(line, fileAddress))
  // A line that is on its way stands last; once it has its number it takes its place.
  if (line.number) place(list, item, line.number)
  else list.append(item)
  return item
}

// By its number too: the page that came from the desk has lines without an id.
function known(list, {id, number}) {
  const byId = id ? list.querySelector(`[data-id="${CSS.escape(id)}"]`) : null
  return byId ?? (number ? list.querySelector(`[data-number="${number}"]`) : null)
}

function parts(line, fileAddress) {
  const happened = HAPPENED[line.kind]
  if (happened) return [element("span", happened(line), "line__happened")]
  const head = element("span", line.author ?? "You", "line__author")
  const made = [head]
  if (line.is_public === false) made.push(element("span", "internal", "line__mark"))
  if (line.kind === "thread") made.push(element("span", "by mail or on the case", "line__mark"))
  const text = element("p", line.text, "line__text")
  text.dir = "auto"
  if (line.text) made.push(text)
  for (const file of line.files ?? []) made.push(fileButton(file, fileAddress))
  made.push(when(line))
  return made
}

const HAPPENED = {
  accepted: (line) => `${line.author} is with you.`,
  transferred: (line) => `${line.author} handed this chat to ${line.text}.`,
  invited: (line) => `${line.author} brought in ${line.text}.`,
  went: (line) => `${line.author} went out of the chat.`,
  linked: (line) => `Linked to case ${line.text}.`,
  nudged: (line) => line.text,
  left: () => "The client left before anybody answered. The answer goes by mail.",
  ended: (line) => `${line.author} ended the chat. ${line.text}`.trim(),
}

function when(line) {
  if (!line.at) return element("span", "on its way", "line__at")
  const time = element("time", clock(line.at), "line__at")
  time.dateTime = line.at
  time.title = new Date(line.at).toLocaleString()
  if (line.written_at) time.textContent = `written ${clock(line.written_at)}, sent later ${clock(line.at)}`
  return time
}

function clock(at) {
  return new Date(at).toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"})
}

function fileButton(file, fileAddress) {
  const button = element("button", `${file.name} (${Math.ceil((file.size ?? 0) / 1024)} kB)`, "line__file")
  button.type = "button"
  button.addEventListener("click", () => fileAddress(file))
  return button
}

function place(list, item, number) {
  const after = [...list.children].find((one) => one !== item && (!one.dataset.number || Number(one.dataset.number) > number))
  if (after !== item.nextElementSibling || !item.isConnected) list.insertBefore(item, after ?? null)
}

export function element(name, text, className = "") {
  const made = document.createElement(name)
  made.textContent = text
  if (className) made.className = className
  return made
}
