"""Colleagues who are in a chat beside its agent, now. Its lines say who was."""

from django.conf import settings
from django.db import models


class Companion(models.Model):
    """One of ours who was brought into a chat; gone once they leave or it ends."""

    conversation = models.ForeignKey(
        "chat.Conversation", on_delete=models.CASCADE, related_name="companions", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chats_beside"
    )
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("conversation", "person", name="companion_once_a_chat"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in conversation {self.conversation_id}"
