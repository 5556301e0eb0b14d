from django.apps import AppConfig


class OnCallConfig(AppConfig):
    """Who is on call, and calling them until somebody answers."""

    name = "cases.oncall"
    label = "oncall"
