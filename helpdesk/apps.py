from django.apps import AppConfig

# Whoever sets up Django has the Celery application, so that every task is bound to it. Not in
# `helpdesk/__init__.py`: the supervisor of the embedded desk loads neither Django nor Celery.
from helpdesk.celery import app as celery_app

__all__ = ["HelpdeskConfig", "celery_app"]


class HelpdeskConfig(AppConfig):
    """The house itself: owns the commands that start, seed and check the whole desk."""

    name = "helpdesk"
    label = "helpdesk"
