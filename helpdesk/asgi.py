"""Sockets, and in the embedded desk pages too: one process, one port.

Pages go through WSGI even here: its threads live on and keep their database connections,
which Django's own ASGI handler does not (docs/decisions/0002-pages-by-wsgi.md).
"""

from a2wsgi import WSGIMiddleware
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings

# The pages come first: importing them sets the applications up, which consumers need.
from helpdesk.wsgi import application as pages

# isort: split
from helpdesk.live.routing import websocket_urlpatterns

application = ProtocolTypeRouter(
    {
        # Django types its WSGI handler more narrowly than PEP 3333 does.
        "http": WSGIMiddleware(pages, workers=8),  # type: ignore[arg-type]
        "websocket": OriginValidator(
            AuthMiddlewareStack(URLRouter(websocket_urlpatterns)), settings.LIVE_ORIGINS
        ),
    }
)
