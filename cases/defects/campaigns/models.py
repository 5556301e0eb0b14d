"""Campaigns: who on the cases of a defect is told what, and what they answer.

Each row that waits for a moment has a column that a sweep claims: `Campaign.send_at`,
`Recipient.due_at`, `AskedCase.due_at` and `AskedCase.next_action_at`.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Occasion(models.TextChoices):
    """What everybody is told of."""

    SCHEDULED = "scheduled", "The fix is planned"
    RELEASED = "released", "The fix is out"


class DefectPolicy(models.Model):
    """How long people have to say whether a fix helped them; for one organisation or for all."""

    organisation = models.OneToOneField(
        "people.Organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="defect_policy",
        help_text="Empty: for every organisation without a policy of its own.",
    )
    answer_days = models.PositiveSmallIntegerField(
        "business days to answer",
        default=5,
        help_text="A case closes after so many business days without an answer.",
    )
    notice_days = models.PositiveSmallIntegerField(
        "business days of notice",
        default=1,
        help_text="So many business days before that everybody on the case is told.",
    )

    class Meta:
        verbose_name_plural = "defect policies"
        constraints = [
            models.UniqueConstraint(
                "organisation",
                name="defect_policy_once",
                nulls_distinct=False,
                violation_error_message="There is a policy for this already.",
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, notice_days__lt=models.F("answer_days")),
                name="defect_policy_gives_notice",
                violation_error_message="The notice must come before the end, on a later day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or 'Everybody'}: {self.answer_days} business days"


class Campaign(models.Model):
    """One telling of everybody on the cases of a defect, made by one move of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits to be sent"
        SENDING = "sending", "Is being sent"
        SENT = "sent", "Sent"
        WITHDRAWN = "withdrawn", "Withdrawn"

    defect = models.ForeignKey(
        "defects.Defect", on_delete=models.CASCADE, related_name="campaigns", db_index=False
    )
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    # The news from which it was made: one campaign an entry, whatever is run twice.
    entry = models.OneToOneField("journal.Entry", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    named_version = models.CharField(max_length=80, blank=True)
    words = models.TextField()
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    send_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        recipients: RelatedManager["Recipient"]
        asked_cases: RelatedManager["AskedCase"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "withdrawn"]),
                name="campaign_state_is_known",
            ),
        ]
        indexes = [
            models.Index("defect", "id", name="campaign_of_defect"),
            models.Index("send_at", name="campaign_waiting", condition=Q(state="waiting")),
            models.Index("id", name="campaign_sending", condition=Q(state="sending")),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} ({self.get_state_display()})"


class Recipient(models.Model):
    """One person who gets one mail, however many of their cases it names."""

    class Step(models.TextChoices):
        NEWS = "news", "The news"
        NOTICE = "notice", "The notice before cases close"
        DONE = "done", "Nothing more"

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="recipients", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    address = models.CharField(max_length=320)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en")
    # Frozen: which of the cases were theirs when the campaign was made.
    case_ids = ArrayField(models.BigIntegerField())
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.NEWS)
    due_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(
        "mail.OutboundMail", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    notified_at = models.DateTimeField(null=True)
    skipped_because = models.CharField(max_length=200, blank=True)
    sweep_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("campaign", "person", name="recipient_once_a_campaign"),
        ]
        indexes = [
            models.Index("campaign", "id", name="recipient_of_campaign"),
            models.Index("due_at", "id", name="recipient_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.address} in campaign {self.campaign_id}"


class AskedCase(models.Model):
    """One case of a campaign: told once and, when the fix is out, asked whether it helped."""

    class Answer(models.TextChoices):
        NONE = "", "No answer yet"
        YES = "yes", "Fixed"
        NO = "no", "Not fixed"

    class Outcome(models.TextChoices):
        NONE = "", "Waits"
        CLOSED = "closed", "Closed: they said that it is fixed"
        SILENT = "silent", "Closed: nobody answered"
        REOPENED = "reopened", "Open again"
        FOLLOWED_UP = "followed_up", "Goes on in a new case"
        WROTE = "wrote", "Left open: they wrote on the case"
        KEPT = "kept", "Left as it is"
        WITHDRAWN = "withdrawn", "No longer asked"

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="asked_cases", db_index=False
    )
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="asked_in")
    due_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    is_asked = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    next_action_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    sweep_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("campaign", "case", name="asked_case_once_a_campaign"),
        ]
        indexes = [
            models.Index("due_at", "id", name="asked_case_due", condition=Q(due_at__isnull=False)),
            models.Index(
                "next_action_at",
                "id",
                name="asked_case_next",
                condition=Q(next_action_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} in campaign {self.campaign_id}"

    @property
    def waits(self) -> bool:
        """Whether somebody may still answer."""
        return self.is_asked and self.outcome in {"", self.Outcome.SILENT}
