// Passkeys: <form data-passkey="get|create" data-options="{…}"> or data-options-url, with a hidden input "credential".
// The form is hidden until this runs, as passkeys cannot work without script.
const CAN = window.PublicKeyCredential !== undefined

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.hidden = !CAN
  form.addEventListener("submit", ask)
}
for (const words of document.querySelectorAll("[data-passkey-missing]")) words.hidden = CAN

async function ask(event) {
  const form = event.target
  if (form.elements.credential.value !== "") return
  event.preventDefault()
  const failed = form.querySelector("[data-failed]")
  failed.hidden = true
  try {
    const {publicKey} = await options(form)
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({publicKey: forCreation(publicKey)})
      : await navigator.credentials.get({publicKey: forRequest(publicKey)})
    form.elements.credential.value = JSON.stringify(plain(credential))
    form.submit()
  } catch {
    // Called off, timed out, or unknown to the device: the browser does not tell which.
    failed.textContent = failed.dataset.failed
    failed.hidden = false
  }
}

async function options(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options)
  const answer = await fetch(form.dataset.optionsUrl, {headers: {"X-Requested-With": "XMLHttpRequest"}})
  return (await answer.json()).request_options
}

function forCreation(given) {
  return {
    ...given,
    challenge: bytes(given.challenge),
    user: {...given.user, id: bytes(given.user.id)},
    excludeCredentials: (given.excludeCredentials ?? []).map(described),
  }
}

function forRequest(given) {
  return {...given, challenge: bytes(given.challenge), allowCredentials: (given.allowCredentials ?? []).map(described)}
}

function described(credential) {
  return {...credential, id: bytes(credential.id)}
}

function plain(credential) {
  const {response} = credential
  const sent = {clientDataJSON: text(response.clientDataJSON)}
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) sent[name] = text(response[name])
  }
  if (response.getTransports) sent.transports = response.getTransports()
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: sent,
  }
}

function bytes(base64url) {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}

function text(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}
