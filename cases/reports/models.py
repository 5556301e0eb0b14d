"""Figures that are kept, so that no page counts what has happened. Triggers alone write changes.

A change is a row of its own and is folded into the figure later: nobody who opens a case waits
for somebody else's count (`docs/decisions/0121-kept-figures.md`).
"""

from django.db import models


class What(models.TextChoices):
    """What is counted."""

    OPEN = "open", "Cases that are not ended, by state and priority"
    MET = "met", "Promises kept, by month, target, priority and organisation"
    MISSED = "missed", "Promises missed, by the same"
    SHORT = "short", "Answers of ours under 20 characters, by month"


class Bucket(models.Model):
    """What a figure is about; what does not apply is empty. Months are those of UTC."""

    what = models.CharField(max_length=10, choices=What.choices)
    month = models.DateField(null=True)
    state = models.CharField(max_length=10, db_default="")
    metric = models.CharField(max_length=20, db_default="")
    priority = models.CharField(max_length=10, db_default="")
    organisation_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


BUCKET = ["what", "month", "state", "metric", "priority", "organisation_id"]


class Figure(Bucket):
    """How many there are, but for the changes that are not folded in yet."""

    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(*BUCKET, name="figure_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.what}"


class FigureChange(Bucket):
    """One more or one fewer, written by a trigger with what caused it."""

    change = models.SmallIntegerField()

    def __str__(self) -> str:
        return f"{self.change:+} {self.what}"


class KeptFigure(Bucket):
    """Figures and changes together, as a view: their sums are right at any moment."""

    value = models.BigIntegerField()

    class Meta:
        managed = False

    def __str__(self) -> str:
        return f"{self.value} {self.what}"


class Outcome(models.Model):
    """What became of one promise, and under which figure it was counted: it is taken out there."""

    timer_id = models.BigIntegerField(primary_key=True)
    case_id = models.BigIntegerField(db_index=True)
    is_missed = models.BooleanField()
    ended_at = models.DateTimeField()
    month = models.DateField()
    metric = models.CharField(max_length=20)
    priority = models.CharField(max_length=10)
    organisation_id = models.BigIntegerField(null=True)
    took_seconds = models.PositiveIntegerField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["is_missed", "-ended_at", "-timer_id"], name="outcome_missed"),
            models.Index(
                fields=["metric", "-answered_at"],
                name="outcome_answered",
                condition=models.Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {'missed' if self.is_missed else 'met'}"
