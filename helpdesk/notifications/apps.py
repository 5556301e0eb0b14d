from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Reaching a person on their devices: web push."""

    name = "helpdesk.notifications"
    label = "notifications"
