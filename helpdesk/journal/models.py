"""What happened, in order, for ever; and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from helpdesk.journal.kinds import Audience, Kind, kind_named


class Entry(models.Model):
    """One thing that happened to one subject. Only added to, never changed.

    Timeline, notifications, live screens, webhooks and audit trail all follow from it.
    """

    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    audience = models.CharField(max_length=10)
    data = models.JSONField(default=dict)
    dispatched_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=list(Audience)), name="entry_audience_is_known"
            ),
        ]
        indexes = [
            models.Index("subject_kind", "subject_id", "id", name="entry_timeline"),
            models.Index("id", name="entry_undispatched", condition=Q(dispatched_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind} {self.subject_id}"

    @property
    def declared(self) -> Kind:
        return kind_named(self.kind)

    @property
    def sentence(self) -> str:
        """The entry in words, for a timeline."""
        return self.declared.tell(by=self.actor_label, data=self.data)


class Reaction(models.Model):
    """One consequence of one entry: done once, failing and retrying on its own."""

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        FAILED = "failed"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="reactions")
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_default=Now())
    finished_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("entry", "name", name="reaction_happens_once"),
        ]
        indexes = [
            models.Index("next_attempt_at", name="reaction_pending", condition=Q(state="pending")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
