"""The app that owns exports of a person's data."""

from django.apps import AppConfig


class ExportingConfig(AppConfig):
    name = "helpdesk.exporting"
    verbose_name = "Data exports"
