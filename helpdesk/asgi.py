"""Sockets, and in the embedded desk pages too: one process, one port.

Pages go through WSGI even here: its threads live on and keep their database connections,
which Django's own ASGI handler does not (docs/decisions/0002-pages-by-wsgi.md).
"""

import os

from a2wsgi import WSGIMiddleware
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.urls import URLPattern

from helpdesk.wsgi import application as pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")


def _sockets() -> list[URLPattern]:
    """Import consumers only now: the pages above have set the applications up."""
    from helpdesk.live.routing import websocket_urlpatterns

    return websocket_urlpatterns


application = ProtocolTypeRouter(
    {
        "http": WSGIMiddleware(pages, workers=16),
        "websocket": OriginValidator(
            AuthMiddlewareStack(URLRouter(_sockets())), settings.LIVE_ORIGINS
        ),
    }
)
