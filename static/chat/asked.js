// The form before a chat, as the site has it: who somebody is, and its own questions.
import {element} from "./lines.js"

const OPTIONAL = " (if you like)"

export function fitWho(form, {name, email}) {
  for (const [key, asked] of Object.entries({name, email})) {
    const input = form.elements[key]
    input.closest("label").hidden = asked === "no"
    input.required = asked === "required"
    input.closest("label").firstChild.textContent = input.dataset.label + (asked === "optional" ? OPTIONAL : "")
  }
}

export function drawQuestions(place, questions) {
  if (place.childElementCount) return
  place.replaceChildren(...questions.map(({name, label, choices = [], is_required: isRequired}) => {
    const field = element("label", label + (isRequired ? "" : OPTIONAL))
    const input = document.createElement(choices.length ? "select" : "input")
    input.name = `answer:${name}`
    input.required = Boolean(isRequired)
    if (choices.length) input.append(new Option("", ""), ...choices.map((choice) => new Option(choice, choice)))
    else input.maxLength = 500
    field.append(input)
    return field
  }))
}

export function answersIn(values) {
  const given = Object.entries(values).filter(([name]) => name.startsWith("answer:"))
  return Object.fromEntries(given.map(([name, value]) => [name.slice(7), value]))
}
