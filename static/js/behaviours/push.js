// Tell this device: <form data-push data-push-key="…" data-push-worker="/service-worker.js" hidden>. Shown only where the browser can.
const form = document.querySelector("[data-push]")
const canPush = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window
if (form && canPush) {
  form.hidden = false
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    subscribe().then(() => location.reload(), fail)
  })
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("denied")
  const registration = await navigator.serviceWorker.register(form.dataset.pushWorker, {scope: "/"})
  await navigator.serviceWorker.ready
  const applicationServerKey = bytesOf(form.dataset.pushKey)
  const subscription = await registration.pushManager.subscribe({userVisibleOnly: true, applicationServerKey})
  const {endpoint, keys} = subscription.toJSON()
  const body = new FormData(form)
  for (const [name, value] of Object.entries({endpoint, ...keys, device: deviceName()})) body.set(name, value)
  const answer = await fetch(form.action, {method: "POST", body})
  if (!answer.ok) throw new Error(String(answer.status))
}

function fail() {
  form.querySelector("[data-push-failed]").hidden = false
}

function deviceName() {
  const system = navigator.userAgentData?.platform || navigator.platform || ""
  const brand = navigator.userAgentData?.brands?.at(-1)?.brand || "Browser"
  return system ? `${brand}, ${system}` : brand
}

function bytesOf(text) {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4))
  return Uint8Array.from(raw, (sign) => sign.charCodeAt(0))
}
