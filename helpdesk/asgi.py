"""Sockets, and in the embedded desk pages too: one process, one port.

Pages go through WSGI even here: its threads live on and keep their database connections,
which Django's own ASGI handler does not (docs/decisions/0002-pages-by-wsgi.md).
"""

import os

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings

from helpdesk.wsgi import application as pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")

application = ProtocolTypeRouter(
    {
        "http": WSGIMiddleware(pages, workers=16),
        "websocket": OriginValidator(URLRouter([]), [settings.SITE_URL]),
    }
)
