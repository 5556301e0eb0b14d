"""Where sockets connect."""

from django.urls import path

from helpdesk.live.consumers import LiveConsumer

websocket_urlpatterns = [path("live/", LiveConsumer.as_asgi())]
