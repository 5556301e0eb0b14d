"""The app that owns notices, products and subscriptions."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "knowledgebase.notices"
    verbose_name = "Status page"
