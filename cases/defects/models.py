"""The record of a defect. Only `cases.defects.actions` writes it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from cases.defects import numbers
from cases.defects.lifecycle import OPEN, State
from cases.defects.querysets import DefectQuerySet

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Severity(models.IntegerChoices):
    """How much harm a defect does, whoever reported it."""

    CRITICAL = 1, "1: work stops"
    MAJOR = 2, "2: much is lost"
    MINOR = 3, "3: work goes on"
    TRIVIAL = 4, "4: hardly noticed"


class Defect(models.Model):
    """A fault of the product, attached to every case that it caused.

    Title, component, versions, workaround and public text are read by clients; the notes are ours.
    """

    number = models.BigIntegerField(
        unique=True, editable=False, db_default=Func(Value("defect_number"), function="nextval")
    )
    title = models.CharField(max_length=200)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.MINOR)
    component = models.CharField(max_length=80, blank=True)
    affected_versions = models.CharField(max_length=200, blank=True)
    fixed_version = models.CharField(max_length=80, blank=True)
    workaround = models.TextField(blank=True)
    public_text = models.TextField(blank=True)
    internal_notes = models.TextField(blank=True)
    declined_because = models.CharField(max_length=1000, blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.label) for state in State],
        default=State.LOGGED.value,
        editable=False,
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    case_count = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    logged_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    state_since = models.DateTimeField()

    objects = DefectQuerySet.as_manager()

    if TYPE_CHECKING:
        links: RelatedManager["Link"]
        followers: RelatedManager["Follower"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="defect_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="defect_severity_is_known"
            ),
        ]
        indexes = [
            models.Index("updated_at", "id", name="defect_changed"),
            models.Index("state", "updated_at", "id", name="defect_state"),
            models.Index("severity", "updated_at", "id", name="defect_severity"),
            models.Index("component", "updated_at", "id", name="defect_component"),
            models.Index(
                "id", name="defect_severity_one", condition=Q(severity=1, state__in=sorted(OPEN))
            ),
        ]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        return numbers.shown(self.number)

    @property
    def current_state(self) -> State:
        return State(self.state)

    @property
    def is_open(self) -> bool:
        return self.current_state in OPEN

    @property
    def client_words(self) -> str:
        """The state in the client's words, with the version where that is known."""
        words = self.current_state.client_label
        has_version = self.current_state in {State.SCHEDULED, State.FIXED, State.RELEASED}
        return f"{words}: {self.fixed_version}" if has_version and self.fixed_version else words


class Link(models.Model):
    """One case that a defect caused."""

    # The constraint and the index below serve these references.
    defect = models.ForeignKey(
        Defect, on_delete=models.CASCADE, related_name="links", db_index=False
    )
    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="defect_links", db_index=False
    )
    attached_by = models.CharField(max_length=200)
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "defect", name="defect_once_a_case"),
        ]
        indexes = [models.Index("defect", "id", name="defect_cases")]

    def __str__(self) -> str:
        return f"case {self.case_id} on defect {self.defect_id}"


class Follower(models.Model):
    """Somebody on the client's side who wants every public news of a defect."""

    defect = models.ForeignKey(
        Defect, on_delete=models.CASCADE, related_name="followers", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_defects"
    )
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("defect", "person", name="follower_once_a_defect"),
        ]

    def __str__(self) -> str:
        return f"{self.person} follows {self.defect}"


class DefectWords(models.Model):
    """The searchable words of a defect; `public` holds nothing but what clients may read."""

    defect = models.OneToOneField(
        Defect, primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    public = SearchVectorField()
    everything = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(F("public"), name="defect_words_public"),
            GinIndex(F("everything"), name="defect_words_everything"),
        ]

    def __str__(self) -> str:
        return f"words of defect {self.defect_id}"


class KnownWord(models.Model):
    """A word that stands in some defect, with its trigrams: what a misspelt word is put right by.

    Words stay when the last defect that had them is edited; they then lead nowhere.
    """

    word = models.CharField(max_length=60, unique=True)
    trigrams = ArrayField(models.CharField(max_length=3))

    class Meta:
        indexes = [GinIndex(F("trigrams"), name="known_word_trigrams")]

    def __str__(self) -> str:
        return self.word
