"""One question a resolution or a chat, and the figures kept beside the answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Survey(models.Model):
    """Whether we did well on one resolution of a case, or in a chat; asked and answered once.

    `resolved_at` is when the case was resolved, or when the chat ended.
    """

    class Occasion(models.TextChoices):
        RESOLUTION = "resolution", "Resolution"
        CHAT = "chat", "Chat"

    class Channel(models.TextChoices):
        MAIL = "mail", "Mail"
        PORTAL = "portal", "Help Center"
        CHAT = "chat", "Chat"

    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="surveys", db_index=False
    )
    occasion = models.CharField(
        max_length=10, choices=Occasion.choices, default=Occasion.RESOLUTION
    )
    resolved_at = models.DateTimeField()
    # Who had the case then: later moves of the case do not move the answer.
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_good = models.BooleanField(null=True)
    comment = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=10, choices=Channel.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "resolved_at", name="survey_once_a_resolution"),
            models.UniqueConstraint(
                "case", name="survey_once_after_chat", condition=Q(occasion="chat")
            ),
            models.CheckConstraint(
                condition=Q(is_good__isnull=True, answered_at__isnull=True)
                | Q(is_good__isnull=False, answered_at__isnull=False),
                name="survey_answer_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                "answered_at", "id", name="survey_answered", condition=Q(answered_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"survey of case {self.case_id}"


class Tally(models.Model):
    """How many were asked and what they said, by month of the resolution, agent and client.

    Kept with each question and answer, so that the report counts no surveys.
    """

    month = models.DateField()
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                "month", "agent", "organisation", name="tally_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}: {self.good} good, {self.bad} bad of {self.asked}"
