"""The app that owns brands."""

from django.apps import AppConfig


class BrandsConfig(AppConfig):
    name = "helpdesk.brands"
    verbose_name = "Brands"
