"""Ladders, the cases that climb them, and news of promises that waits to be told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Chain(models.Model):
    """Who is told, one level after the other, when a promise of a policy is missed."""

    policy = models.OneToOneField(
        "sla.SlaPolicy",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="escalation_chain",
        help_text="Empty: every policy without a chain of its own.",
    )
    acknowledged_minutes = models.PositiveSmallIntegerField(
        default=120,
        help_text="Whoever acknowledges has so many minutes of opening time; then it comes back.",
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "escalation chain"
        constraints = [
            models.UniqueConstraint(
                "policy",
                name="chain_once_a_policy",
                nulls_distinct=False,
                violation_error_message="There is such a chain already.",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_minutes__gte=1), name="chain_acknowledgement_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"Chain of {self.policy or 'every other policy'}"


class Level(models.Model):
    """One rung: who is told, and how long we then wait for them."""

    class Who(models.TextChoices):
        ASSIGNEE = "assignee", "The assignee"
        TEAM = "team", "The case's team"
        LEADS = "leads", "The leads"

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="levels")
    position = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=10, choices=Who.choices)
    wait_minutes = models.PositiveSmallIntegerField(
        default=30, help_text="Minutes of opening time until the next level; any time if critical."
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint("chain", "position", name="level_once_a_position"),
            models.CheckConstraint(condition=Q(wait_minutes__gte=1), name="level_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_who_display()}"


class Escalation(models.Model):
    """A case on its way up. `levels` is the ladder as it was when it began."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        ENDED = "ended", "Ended"

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="escalations")
    timer = models.ForeignKey("sla.SlaTimer", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=15, choices=State.choices, default=State.RUNNING)
    levels = models.JSONField(help_text="List of {who, wait_minutes}.")
    next_level = models.PositiveSmallIntegerField(default=0)
    acknowledged_minutes = models.PositiveSmallIntegerField()
    next_action_at = models.DateTimeField(null=True)
    what = models.CharField(max_length=300)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    acknowledged_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", name="escalation_once_a_case", condition=~Q(state="ended")
            ),
            models.UniqueConstraint("timer", name="escalation_once_a_timer"),
        ]
        indexes = [
            models.Index(
                "next_action_at",
                name="escalation_due",
                condition=Q(next_action_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"escalation of case {self.case_id}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.ENDED


class PromiseNews(models.Model):
    """News of a promise for one of ours, until it is told: alone, or with much else in one mail."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    entry = models.ForeignKey("journal.Entry", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    collected_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "promise news"
        constraints = [
            models.UniqueConstraint("person", "entry", name="news_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"news {self.entry_id} for {self.person_id}"
