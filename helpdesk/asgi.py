"""Sockets, and in the embedded desk pages too: one process, one port.

Pages go through WSGI even here: its threads live on and keep their database connections,
which Django's own ASGI handler does not (docs/decisions/0002-pages-by-wsgi.md).
"""

from a2wsgi import WSGIMiddleware
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.urls import re_path

# The pages come first: importing them sets the applications up, which consumers need.
from helpdesk.wsgi import application as pages

# isort: split
from chat.routing import desk_urlpatterns, poll_urlpatterns, widget_urlpatterns
from helpdesk.live.routing import websocket_urlpatterns

application = ProtocolTypeRouter(
    {
        # Django types its WSGI handler more narrowly than PEP 3333 does.
        "http": URLRouter(
            [
                *poll_urlpatterns,
                re_path("", WSGIMiddleware(pages, workers=8)),  # type: ignore[arg-type]
            ]
        ),
        "websocket": OriginValidator(
            URLRouter(
                [
                    # Ahead of the session: the pop-up is known by its visit alone.
                    *widget_urlpatterns,
                    re_path(
                        "",
                        AuthMiddlewareStack(URLRouter([*websocket_urlpatterns, *desk_urlpatterns])),
                    ),
                ]
            ),
            settings.LIVE_ORIGINS,
        ),
    }
)
