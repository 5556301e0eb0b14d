// <button command="show-modal" commandfor="…"> and <dialog closedby="any">, for browsers that do not know them yet.
const knowsCommands = "command" in HTMLButtonElement.prototype
const knowsClosedBy = "closedBy" in HTMLDialogElement.prototype

if (!knowsCommands) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[command][commandfor]")
    const dialog = button && document.getElementById(button.getAttribute("commandfor"))
    if (!(dialog instanceof HTMLDialogElement)) return
    if (button.getAttribute("command") === "close") dialog.close()
    else if (!dialog.open) dialog.showModal()
  })
}

if (!knowsClosedBy) {
  document.addEventListener("click", (event) => {
    if (event.target instanceof HTMLDialogElement && event.target.getAttribute("closedby") === "any" && isOutside(event)) {
      event.target.close()
    }
  })
}

// A menu stays in front of the dialog that it opened, unless it is put away.
document.addEventListener("click", (event) => {
  event.target.closest(".menu [command]")?.closest("[popover]")?.hidePopover()
})

function isOutside(event) {
  const box = event.target.getBoundingClientRect()
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom
}
