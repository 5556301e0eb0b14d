"""After how long cases end by themselves, and where each one stands on that way."""

from django.core.exceptions import ValidationError
from django.db import models

from cases.closing.rules import StepName, Terms
from cases.lifecycle import State

_STATES = (State.WAITING.value, State.RESOLVED.value)


class ClosingRule(models.Model):
    """The days of one policy's cases, or of every other case. 0 leaves a step out."""

    class Ending(models.TextChoices):
        RESOLVE = "resolve", "Resolve it"
        CLOSE = "close", "Close it"

    policy = models.OneToOneField(
        "sla.SlaPolicy",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="closing_rule",
        help_text="Empty: every case whose policy has no rule of its own.",
    )
    remind_after = models.PositiveSmallIntegerField(
        default=3, help_text="Business days without an answer until we ask again."
    )
    last_notice_after = models.PositiveSmallIntegerField(
        default=7, help_text="Until we say that the case will end."
    )
    give_up_after = models.PositiveSmallIntegerField(default=10, help_text="Until it ends.")
    gives_up_by = models.CharField(
        max_length=10, choices=Ending.choices, default=Ending.RESOLVE, help_text="How it ends."
    )
    close_notice_after = models.PositiveSmallIntegerField(
        default=3, help_text="Business days after resolving until we say that the case will close."
    )
    close_after = models.PositiveSmallIntegerField(default=5, help_text="Until it closes.")

    class Meta:
        verbose_name = "closing rule"
        constraints = [
            models.UniqueConstraint(
                "policy",
                name="closing_rule_once_a_policy",
                nulls_distinct=False,
                violation_error_message="There is such a rule already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Closing of {self.policy or 'every other case'}"

    @property
    def terms(self) -> Terms:
        return Terms(
            remind_after=self.remind_after,
            last_notice_after=self.last_notice_after,
            give_up_after=self.give_up_after,
            close_notice_after=self.close_notice_after,
            close_after=self.close_after,
        )

    def clean(self) -> None:
        if problem := self.terms.problem():
            raise ValidationError(problem)


class Countdown(models.Model):
    """The next step of a case that ends by itself unless somebody writes.

    A row that no longer fits its case is harmless: the sweep looks at the case first.
    """

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="countdown"
    )
    state = models.CharField(max_length=10, choices=[(state, state) for state in _STATES])
    since = models.DateTimeField()
    step = models.CharField(max_length=15, choices=[(name.value, name.value) for name in StepName])
    due_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=_STATES), name="countdown_state_is_known"
            ),
        ]
        indexes = [models.Index("due_at", name="countdown_due")]

    def __str__(self) -> str:
        return f"{self.step} of case {self.case_id}"
