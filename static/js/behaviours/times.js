// A page left open over midnight must not go on saying "today": when the day turns, it asks for itself again,
// unless somebody is writing in it.
const loadedOn = new Date().toDateString()

document.addEventListener("visibilitychange", () => {
  const isAnotherDay = new Date().toDateString() !== loadedOn
  if (document.visibilityState === "visible" && isAnotherDay && !isWriting()) location.reload()
})

function isWriting() {
  return [...document.querySelectorAll("textarea, input[type=text]")].some((field) => field.value !== field.defaultValue)
}
