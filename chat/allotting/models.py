"""Who can what, how each site shares its chats out, and who was given which chat."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

SKILL_HELP = (
    "A chat wants the skills of its site, and those that are named by an answer of the form before "
    "it: whoever chooses the product “Web” is wanted with somebody who has the skill “Web”."
)


class Skill(models.Model):
    """Something that some of ours can."""

    name = models.CharField(max_length=60, unique=True, help_text=SKILL_HELP)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Profile(models.Model):
    """What one of ours can, and when they were last given a chat; its row is locked to choose."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="chat_profile",
    )
    skills: "models.ManyToManyField[Skill, models.Model]" = models.ManyToManyField(
        Skill, blank=True, related_name="profiles"
    )
    languages = models.CharField(
        max_length=100,
        blank=True,
        help_text="Short names with commas between: en, de. Empty: the language of their profile.",
    )
    regions = models.ManyToManyField("calendars.Region", blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return str(self.person)


class Rule(models.Model):
    """How a site shares out its chats, and what it says when too many wait."""

    class Way(models.TextChoices):
        ACCEPT = "accept", "Agents take them"
        AUTOMATIC = "automatic", "Given to agents in turn"

    site = models.OneToOneField(
        "chat.Site", primary_key=True, on_delete=models.CASCADE, related_name="rule"
    )
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.ACCEPT)
    answer_seconds = models.PositiveSmallIntegerField(
        default=45,
        validators=[MinValueValidator(10), MaxValueValidator(900)],
        help_text="Whoever does not answer a given chat in this time loses it to the next.",
    )
    skills: "models.ManyToManyField[Skill, models.Model]" = models.ManyToManyField(
        Skill, blank=True, related_name="+"
    )
    full_sentence = models.CharField(
        max_length=200,
        blank=True,
        help_text="Said when as many wait as the site lets wait; the message is then taken as a "
        "case. Empty: “Many people are waiting right now”.",
    )

    class Meta:
        verbose_name = "rule of a site"
        verbose_name_plural = "rules of sites"

    def __str__(self) -> str:
        return f"{self.site}: {self.get_way_display()}"


class OfferQuerySet(models.QuerySet["Offer"]):
    """Words that say which offers."""

    def unsettled(self) -> Self:
        return self.filter(outcome=Offer.Outcome.OPEN)

    def due(self, *, at: datetime) -> Self:
        """Those whose time to answer is over."""
        return self.unsettled().filter(due_at__lte=at)


class Offer(models.Model):
    """A waiting chat that was given to one of ours, who has until `due_at` to answer it."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Open"
        TAKEN = "taken", "Taken"
        LAPSED = "lapsed", "Not answered in time"
        WITHDRAWN = "withdrawn", "Withdrawn"

    conversation = models.ForeignKey(
        "chat.Conversation", on_delete=models.CASCADE, related_name="offers"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="chat_offers",
        db_index=False,
    )
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    settled_at = models.DateTimeField(null=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "conversation", name="chat_is_given_to_one", condition=Q(outcome="open")
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["open", "taken", "lapsed", "withdrawn"]),
                name="offer_outcome_is_known",
            ),
        ]
        indexes = [
            models.Index("person", "due_at", name="offer_open", condition=Q(outcome="open")),
        ]

    def __str__(self) -> str:
        return f"conversation {self.conversation_id} for {self.person_id}: {self.outcome}"
