"""The house: wiring above (settings, urls, reactions, schedule), floor below (the folders)."""

from helpdesk.celery import app as celery_app

__all__ = ["celery_app"]
