"""The devices on which people want to be told, and what was told there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class PushSubscription(models.Model):
    """A browser on a device of somebody, as its push service knows it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    endpoint = models.CharField(max_length=2000, unique=True)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    device = models.CharField(max_length=100)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.device} of {self.person}"


class PushMessage(models.Model):
    """One thing told on one device, frozen when it was decided, and its fate."""

    class State(models.TextChoices):
        PENDING = "pending", "Waits"
        SENDING = "sending", "Is being sent"
        ACCEPTED = "accepted", "Accepted by the push service"
        FAILED = "failed", "Given up"

    # The device may be gone before the record of what was told there.
    subscription = models.ForeignKey(
        PushSubscription, null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=500)
    created_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # When it is tried next; while it is being sent, when the lease of its worker ends.
    next_attempt_at = models.DateTimeField(db_default=Now())
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("subscription", "key", name="push_is_queued_once"),
        ]
        indexes = [
            models.Index(
                "next_attempt_at", name="push_due", condition=Q(state__in=["pending", "sending"])
            ),
            models.Index("created_at", name="push_created"),
        ]

    def __str__(self) -> str:
        return self.title
