"""A change that is only thought of, and what it would have done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Draft(models.Model):
    """One change in draft, its replay, and what became of it.

    `spec` is the change itself, by kind: {calendar, weekly}, {region, date, name} or
    {policy, targets}. `last_timer` is how far the replay is; a worker that dies loses a batch.
    """

    class Kind(models.TextChoices):
        HOURS = "hours", "Opening hours"
        HOLIDAY = "holiday", "Holiday"
        POLICY = "policy", "Policy"

    class State(models.TextChoices):
        RUNNING = "running", "Being replayed"
        DONE = "done", "Replayed"
        FAILED = "failed", "The replay failed"
        APPLIED = "applied", "Applied"
        DROPPED = "dropped", "Dropped"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    spec = models.JSONField()
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_at = models.DateTimeField(db_default=Now())
    now = models.DateTimeField(help_text="The moment that the replay stands for.")
    last_timer = models.BigIntegerField(default=0)
    highest_timer = models.BigIntegerField(default=0)
    replayed = models.PositiveIntegerField(default=0)
    gained = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index("id", name="draft_running", condition=Q(state="running"))]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        """How far the replay is."""
        if self.state != self.State.RUNNING or not self.highest_timer:
            return 100
        return min(self.last_timer * 100 // self.highest_timer, 99)


class Difference(models.Model):
    """What a draft would change on one promise. The first ten thousand are kept, all counted."""

    class Effect(models.TextChoices):
        GAINED = "gained", "Would be missed"
        LOST = "lost", "Would not be missed"
        MOVED = "moved", "Due at another time"

    draft = models.ForeignKey(
        Draft, on_delete=models.CASCADE, related_name="differences", db_index=False
    )
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    metric = models.CharField(max_length=20)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("draft", "effect", "id", name="difference_list")]

    def __str__(self) -> str:
        return f"{self.effect} on case {self.case_id}"
