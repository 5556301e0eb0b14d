// Shows what the desk pushes, and opens its page. It keeps nothing and answers no request of a page.
self.addEventListener("push", (event) => {
  const {title, body, url, tag} = event.data.json()
  event.waitUntil(self.registration.showNotification(title, {body, tag, data: {url}, requireInteraction: true, icon: "/static/img/mark-180.png"}))
})

self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  const url = new URL(event.notification.data.url, self.location.origin)
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url))
})
