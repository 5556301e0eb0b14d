from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Telling other software what happened: endpoints, signed deliveries, retries."""

    name = "helpdesk.webhooks"
    label = "webhooks"
