"""The record of a case. Only `cases.actions` writes it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from cases.lifecycle import ACTIVE, ENDED, State
from cases.querysets import CaseQuerySet, MergeQuerySet

_ACTIVE = Q(state__in=sorted(ACTIVE))
_ENDED = Q(state__in=sorted(ENDED))


class Priority(models.TextChoices):
    """Set by the client; the meanings stand in `cases/wording.py`."""

    CRITICAL = "critical", "Critical"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Characteristic(models.TextChoices):
    """What makes a case critical: at least one of these must hold."""

    DATA_CORRUPTION = "data_corruption", "Data is being corrupted"
    HANGS = "hangs", "It hangs and causes unacceptable delay"
    NOBODY_GETS_IN = "nobody_gets_in", "Nobody can get in"


class CaseType(models.TextChoices):
    QUESTION = "question", "Question"
    PROBLEM = "problem", "Something does not work"
    REQUEST = "request", "Request"


class Channel(models.TextChoices):
    """The way by which a case or a message reached us."""

    PORTAL = "portal", "Help Center"
    EMAIL = "email", "E-mail"
    CHAT = "chat", "Chat"
    PHONE = "phone", "Phone"
    API = "api", "API"


class Category(models.Model):
    """What a case is about; a list that administrators keep."""

    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField(default=True, help_text="Offered in the case form.")

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """One contact of a client with us, open until answered or resolved.

    Totals of its thread and its next promised time live on the row, so that lists need no
    further query; the doors in `cases.actions` keep them.
    """

    number = models.BigIntegerField(
        unique=True, editable=False, db_default=Func(Value("case_number"), function="nextval")
    )
    subject = models.CharField(max_length=250)
    type = models.CharField(max_length=20, choices=CaseType.choices, default=CaseType.QUESTION)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases"
    )
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.MEDIUM)
    characteristics = models.JSONField(default=list, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.label) for state in State],
        default=State.NEW.value,
        editable=False,
    )
    # The indexes below serve these two references, so they need no other.
    client = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        null=True,
        on_delete=models.PROTECT,
        related_name="cases",
        db_index=False,
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_cases",
    )
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="cases"
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by"
    )
    version = models.PositiveIntegerField(default=1)

    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    unanswered_since = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField()
    last_message_by = models.CharField(max_length=200)
    last_message_is_ours = models.BooleanField(default=False)
    message_count = models.PositiveIntegerField(default=0)
    next_due_at = models.DateTimeField(null=True)
    next_due_metric = models.CharField(max_length=20, blank=True)
    has_missed = models.BooleanField(default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="case_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="case_priority_is_known"
            ),
        ]
        indexes = [
            models.Index("updated_at", "id", name="case_active", condition=_ACTIVE),
            models.Index("assignee", "updated_at", "id", name="case_mine", condition=_ACTIVE),
            models.Index("team", "updated_at", "id", name="case_team", condition=_ACTIVE),
            models.Index(
                "updated_at",
                "id",
                name="case_unassigned",
                condition=_ACTIVE & Q(assignee=None),
            ),
            models.Index(
                "next_due_at", "id", name="case_due", condition=Q(next_due_at__isnull=False)
            ),
            models.Index("updated_at", "id", name="case_ended", condition=_ENDED),
            models.Index("state", "updated_at", "id", name="case_state"),
            # For filters that few cases pass; for others one of the orders above is walked. Which
            # are few the planner knows from the statistics in migration 0002.
            models.Index("channel", "priority", "state", "updated_at", "id", name="case_filtered"),
            models.Index("priority", "updated_at", "id", name="case_priority", condition=_ACTIVE),
            models.Index("client", "updated_at", "id", name="case_client"),
            models.Index("organisation", "updated_at", "id", name="case_organisation"),
        ]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        """The number as clients and agents read it: eight digits."""
        return f"{self.number:08d}"

    @property
    def current_state(self) -> State:
        return State(self.state)

    @property
    def is_active(self) -> bool:
        return self.current_state in ACTIVE

    @property
    def is_critical(self) -> bool:
        return self.priority == Priority.CRITICAL


class Participant(models.Model):
    """Somebody beside the client who follows a case: a colleague in CC, a watching agent.

    Proposed ones see and receive nothing until somebody of ours says yes.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        JOINED = "joined", "Takes part"
        DECLINED = "declined", "Declined"

    # The constraint below serves the reference, so it needs no index of its own.
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    why = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "person", name="participant_once_a_case"),
        ]
        indexes = [
            models.Index("person", "case", name="participant_of", condition=Q(state="joined")),
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.case}"


class Merge(models.Model):
    """A case that became part of another. `into` is always the one that goes on: no chains."""

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.CASCADE, related_name="merge"
    )
    into = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="merged_cases")
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = MergeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.case_id} into {self.into_id}"


class CaseWords(models.Model):
    """The searchable words of a case, apart from its row so that lists stay narrow.

    `public` holds what the client may read, `everything` also our internal notes: a client's
    search never touches a word that was written for us.
    """

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    public = SearchVectorField()
    everything = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(F("public"), name="case_words_public"),
            GinIndex(F("everything"), name="case_words_everything"),
        ]

    def __str__(self) -> str:
        return f"words of case {self.case_id}"
