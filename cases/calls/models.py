"""Booked calls, when agents take them, and who is reminded. Calls are changed by the doors only."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.calls.querysets import CallQuerySet, ReminderQuerySet
from helpdesk.calendars.working_time import WEEKDAY_KEYS, ScheduleError, Weekly, hours_from_json
from helpdesk.people.validating import validate_time_zone


def validate_weekly(value: object) -> None:
    """Raise ValidationError unless `value` holds hours by weekday."""
    if not isinstance(value, dict) or not set(value) <= set(WEEKDAY_KEYS):
        raise ValidationError("Write hours by weekday, such as {'mon': [['09:00', '17:00']]}.")
    try:
        for day, hours in value.items():
            hours_from_json(hours, day=day)
    except ScheduleError as error:
        raise ValidationError(str(error)) from error


class AgentHours(models.Model):
    """When an agent takes calls, within the hours of the office.

    Its row is also the lock under which the agent's calls are booked.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="call_hours",
        limit_choices_to={"role__in": ["agent", "lead", "administrator"]},
    )
    takes_calls = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    weekly = models.JSONField(default=dict, blank=True, validators=[validate_weekly])
    calls_a_day = models.PositiveSmallIntegerField(
        default=4, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    buffer_minutes = models.PositiveSmallIntegerField(
        default=15, validators=[MaxValueValidator(240)], help_text="Kept free after each call."
    )

    class Meta:
        verbose_name = "call hours of an agent"
        verbose_name_plural = "call hours of agents"

    def __str__(self) -> str:
        return f"call hours of {self.person}"

    @property
    def hours(self) -> Weekly:
        """The hours of seven weekdays, Monday first."""
        return tuple(hours_from_json(self.weekly.get(key, []), day=key) for key in WEEKDAY_KEYS)


class Absence(models.Model):
    """A time in which an agent takes no calls: leave, a course, a meeting."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences", db_index=False
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True, help_text="Seen by us only.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index("person", "ends_at", name="absence_of")]

    def __str__(self) -> str:
        return f"{self.person} is away"


class Call(models.Model):
    """One scheduled call about a case, and what became of it.

    `uid` names it in calendars and addresses, `sequence` counts its invitations (RFC 5546).
    Migration 0002 lets no two booked calls of one agent overlap, pause included.
    """

    class State(models.TextChoices):
        BOOKED = "booked", "Booked"
        HELD = "held", "Took place"
        MISSED = "missed", "Nobody answered"
        CANCELLED = "cancelled", "Cancelled"

    class Answer(models.TextChoices):
        """What the client's calendar answered to the invitation."""

        NONE = "", "No answer yet"
        ACCEPTED = "accepted", "Accepted"
        TENTATIVE = "tentative", "Maybe"
        DECLINED = "declined", "Declined"

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="calls")
    # The indexes below serve these references, so they need no other.
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="calls", db_index=False
    )
    client = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calls", db_index=False
    )
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="calls_to_make",
        db_index=False,
    )
    hold = models.ForeignKey(
        "entitlements.Movement", on_delete=models.PROTECT, related_name="calls"
    )
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(15), MaxValueValidator(480)]
    )
    buffer_minutes = models.PositiveSmallIntegerField(default=15)
    phone = models.CharField(max_length=40)
    topic = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    sequence = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    booked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    actual_minutes = models.PositiveSmallIntegerField(null=True)
    used_minutes = models.PositiveSmallIntegerField(default=0)
    outcome = models.TextField(blank=True, max_length=4000)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["booked", "held", "missed", "cancelled"]),
                name="call_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=15, minutes__lte=480), name="call_length_is_sensible"
            ),
            models.CheckConstraint(
                condition=Q(state="booked") | Q(ended_at__isnull=False),
                name="ended_call_has_its_end",
            ),
            models.UniqueConstraint(
                "case", name="one_booked_call_a_case", condition=Q(state="booked")
            ),
        ]
        indexes = [
            models.Index("starts_at", "id", name="call_booked", condition=Q(state="booked")),
            models.Index("agent", "starts_at", name="call_of_agent"),
            models.Index("client", "starts_at", "id", name="call_of_client"),
            models.Index("organisation", "starts_at", "id", name="call_of_organisation"),
        ]
        ordering: ClassVar[list[str]] = ["-starts_at"]

    def __str__(self) -> str:
        return f"call about case {self.case_id}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_booked(self) -> bool:
        return self.state == Call.State.BOOKED


class Reminder(models.Model):
    """That both sides are reminded of a call so many minutes ahead. Claimed by a sweep, once."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="reminders")
    minutes_ahead = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True)
    was_sent = models.BooleanField(default=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "call", "minutes_ahead", name="one_reminder_waits", condition=Q(settled_at=None)
            ),
        ]
        indexes = [
            models.Index("due_at", "id", name="reminder_due", condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_ahead} minutes before call {self.call_id}"
