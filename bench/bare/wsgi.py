"""The bare views by WSGI: the desk's database and sessions, and nothing else around the views."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ["DJANGO_SETTINGS_MODULE"] = "helpdesk.settings"
django.setup(set_prefix=False)
# Only now: an installed app insists on its own middleware while it is set up.
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bench.bare.urls"

application = WSGIHandler()
