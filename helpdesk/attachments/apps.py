from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Files: storing, scanning, handing out."""

    name = "helpdesk.attachments"
    label = "attachments"
