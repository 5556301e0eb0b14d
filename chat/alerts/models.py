"""How an open inbox calls somebody."""

from django.conf import settings
from django.db import models


class AlertChoice(models.Model):
    """Whether a sound and a notification of the desktop call one of ours; neither, unless asked."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="chat_alerts",
    )
    has_sound = models.BooleanField(default=False)
    has_notifications = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.person)
