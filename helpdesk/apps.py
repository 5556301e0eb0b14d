from django.apps import AppConfig


class HelpdeskConfig(AppConfig):
    """The house itself: owns the commands that start, seed and check the whole desk."""

    name = "helpdesk"
    label = "helpdesk"
