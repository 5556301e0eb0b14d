"""Exports: asked for, made by a worker, fetched by the person alone, gone after some days."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from helpdesk.people.models import Person


class ExportQuerySet(models.QuerySet["DataExport"]):
    """Words that say which exports."""

    def visible_to(self, person: Person) -> Self:
        """One's own, and nobody else's whoever one is."""
        return self.filter(person=person)


class DataExport(models.Model):
    """Everything that the desk keeps of one person, as a zip of JSON files."""

    class State(models.TextChoices):
        PENDING = "pending", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    asked_at = models.DateTimeField(db_default=Now())
    done_parts = models.PositiveSmallIntegerField(default=0)
    all_parts = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # When a worker may take it; while one works on it, when its lease ends.
    next_attempt_at = models.DateTimeField(db_default=Now())
    file = models.OneToOneField(
        "attachments.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person", name="export_one_at_a_time", condition=Q(state="pending")
            ),
        ]
        indexes = [
            models.Index("next_attempt_at", name="export_due", condition=Q(state="pending")),
            models.Index("expires_at", name="export_expires", condition=~Q(expires_at=None)),
        ]

    def __str__(self) -> str:
        return f"export of {self.person}"
