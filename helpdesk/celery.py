"""The Celery application: a worker may die at any moment, so tasks are acknowledged late."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")

app = Celery("waratah")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Threads (the embedded worker, tests) must find this application, not Celery's default one.
app.set_default()
