"""What is promised (policies and targets), and what became of it (timers, events, notices)."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.models import CaseType, Priority
from cases.sla.metrics import Metric
from cases.sla.querysets import SlaPolicyQuerySet, SlaTimerQuerySet
from cases.sla.reckoning import Event, EventKind, RunState
from cases.sla.validating import validate_calendar_opens
from helpdesk.calendars.models import Calendar

OPEN = (RunState.RUNNING.value, RunState.PAUSED.value)
_IS_OPEN = Q(state__in=OPEN)


class SlaPolicy(models.Model):
    """What we promise for a priority, to everybody or to some.

    Of the active policies that fit a case, one for its organisation goes before one for its
    support package, that before one for its type, that before one for its region, and that before
    one for everybody; among equals the lower position wins.
    """

    name = models.CharField(max_length=100, unique=True)
    priority = models.CharField(max_length=10, choices=Priority.choices)
    organisation = models.ForeignKey(
        "people.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sla_policies",
        help_text="Empty: every organisation.",
    )
    package = models.ForeignKey(
        "entitlements.SupportPackage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sla_policies",
        help_text="Organisations that hold this support package. Empty: with and without any.",
    )
    type = models.CharField(
        max_length=20, choices=CaseType.choices, blank=True, help_text="Empty: every type of case."
    )
    region = models.ForeignKey(
        "calendars.Region",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sla_policies",
        help_text="Empty: organisations of every region.",
    )
    calendar = models.ForeignKey(
        Calendar,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sla_policies",
        validators=[validate_calendar_opens],
        help_text="Empty: the office hours of the client's region, else ours.",
    )
    pauses_while_waiting = models.BooleanField(
        default=True,
        help_text="Update and resolution stand still while we wait for the client.",
    )
    pauses_on_hold = models.BooleanField(
        default=False,
        help_text="Resolution stands still while on hold. Only if the contract says so.",
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    # An edit that open promises have yet to follow, and how far they have (`reassessing.py`).
    edited_at = models.DateTimeField(null=True, editable=False)
    edited_by = models.CharField(max_length=200, blank=True, editable=False)
    reassessed_case = models.BigIntegerField(default=0, editable=False)
    # Until when it was looked which organisations began or ceased to hold its package.
    package_followed_at = models.DateTimeField(null=True, editable=False)

    objects = SlaPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "SLA policy"
        verbose_name_plural = "SLA policies"
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="policy_priority_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SlaTarget(models.Model):
    """The time a policy gives for one metric. A metric without a target is not promised."""

    class Unit(models.TextChoices):
        MINUTES = "minutes", "minutes"
        HOURS = "hours", "hours"
        DAYS = "days", "business days"

    policy = models.ForeignKey(SlaPolicy, on_delete=models.CASCADE, related_name="targets")
    metric = models.CharField(max_length=20, choices=Metric.choices)
    amount = models.PositiveIntegerField()
    unit = models.CharField(
        max_length=10,
        choices=Unit.choices,
        default=Unit.HOURS,
        help_text="Opening time of the calendar. A business day is as long as most of its days.",
    )
    calendar = models.ForeignKey(
        Calendar,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sla_targets",
        validators=[validate_calendar_opens],
        help_text="Empty: the policy's.",
    )

    class Meta:
        verbose_name = "SLA target"
        ordering: ClassVar[list[str]] = ["policy", "pk"]
        constraints = [
            models.UniqueConstraint(
                "policy",
                "metric",
                name="target_once_a_metric",
                violation_error_message="This policy has a target for this already.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=100_000), name="target_amount_is_sensible"
            ),
            models.CheckConstraint(
                condition=Q(metric__in=Metric.values), name="target_metric_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy}: {self.get_metric_display()}"


class SlaTimer(models.Model):
    """One promise on one case: a cache of the fold of its events, written by `cases.sla` only.

    `consumed_seconds` had passed `as_of`; `next_action_at` is when a sweep has to look again;
    `announced_percent` is the highest threshold with a notice.
    """

    # The constraint and the partial indexes below serve the references, so they need no other.
    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="timers", db_index=False
    )
    metric = models.CharField(max_length=20, choices=Metric.choices)
    cycle = models.PositiveIntegerField(default=1)
    policy = models.ForeignKey(
        SlaPolicy, on_delete=models.PROTECT, related_name="timers", db_index=False
    )
    calendar_version = models.ForeignKey(
        "calendars.CalendarVersion", on_delete=models.PROTECT, related_name="timers", db_index=False
    )
    target_seconds = models.PositiveIntegerField()
    consumed_seconds = models.PositiveIntegerField(default=0)
    as_of = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    next_action_at = models.DateTimeField(null=True)
    announced_percent = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in RunState]
    )
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    first_stopped_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    sweep_error = models.TextField(blank=True)

    objects = SlaTimerQuerySet.as_manager()

    class Meta:
        verbose_name = "SLA timer"
        constraints = [
            models.UniqueConstraint("case", "metric", "cycle", name="timer_once_a_cycle"),
            models.CheckConstraint(
                condition=Q(metric__in=Metric.values), name="timer_metric_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RunState]),
                name="timer_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(state=RunState.RUNNING.value),
                name="only_a_running_timer_is_due",
            ),
            models.CheckConstraint(
                condition=_IS_OPEN | Q(stopped_at__isnull=False), name="an_ended_timer_has_its_end"
            ),
        ]
        indexes = [
            models.Index(
                "next_action_at", name="timer_sweep", condition=Q(next_action_at__isnull=False)
            ),
            models.Index("calendar_version", name="timer_replan", condition=_IS_OPEN),
            models.Index("policy", name="timer_reassess", condition=_IS_OPEN),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()} {self.cycle} of case {self.case_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_missed(self) -> bool:
        return self.breached_at is not None

    @property
    def metric_words(self) -> str:
        return Metric(self.metric).words


class SlaEvent(models.Model):
    """One event of a timer's log. Only added to: the log is the truth, the timer its cache."""

    timer = models.ForeignKey(SlaTimer, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in EventKind])
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    actor_label = models.CharField(max_length=200)
    payload = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "SLA event"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in EventKind]),
                name="sla_event_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.occurred_at:%d %B %Y, %H:%M:%S} UTC"

    @property
    def why(self) -> str:
        return str(self.payload.get("why", ""))

    def as_event(self) -> Event:
        """The event as the reckoning reads it."""
        cap = self.payload.get("no_later_than")
        return Event(
            kind=EventKind(self.kind),
            at=self.occurred_at,
            target_seconds=self.payload.get("target_seconds", 0),
            calendar=self.payload.get("calendar_version", 0),
            policy=self.payload.get("policy"),
            no_later_than=None if cap is None else datetime.fromisoformat(cap),
            reopens=self.payload.get("reopens", False),
        )


class SlaNotice(models.Model):
    """A threshold that passed: recorded once, whatever the number of workers.

    `due_at` is the due time that held. Superseded ones passed together with a higher one and are
    not told. A miss that was taken back stays, voided, and only then may there be another.
    """

    class Kind(models.TextChoices):
        WARN50 = "warn50", "50 % used"
        WARN75 = "warn75", "75 % used"
        WARN90 = "warn90", "90 % used"
        BREACH = "breach", "Missed"

    timer = models.ForeignKey(SlaTimer, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    due_at = models.DateTimeField()
    detected_at = models.DateTimeField()
    is_superseded = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=200, blank=True)
    voided_why = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "SLA notice"
        constraints = [
            models.UniqueConstraint(
                F("timer"), F("kind"), name="notice_once_a_threshold", condition=Q(voided_at=None)
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["warn50", "warn75", "warn90", "breach"]),
                name="notice_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.timer}"
