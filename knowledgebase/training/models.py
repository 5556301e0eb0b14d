"""Training events, who comes, and what was recorded."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from helpdesk.people.models import Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Visibility(models.TextChoices):
    """Who may read: an event, or its recording."""

    PUBLIC = "public", "Everybody"
    SIGNED_IN = "signed_in", "Whoever is signed in"
    REGISTERED = "registered", "Whoever had a seat"


class EventQuerySet(models.QuerySet["Event"]):
    """Words that say which events. Every surface starts from `visible_to`."""

    def visible_to(self, reader: Person | AnonymousUser) -> Self:
        """What is published and open to this reader; ours see drafts too."""
        if not isinstance(reader, Person) or not reader.is_active:
            return self.filter(is_published=True, visibility=Visibility.PUBLIC)
        if reader.is_staff_member:
            return self
        here = Q(regions=None)
        if reader.organisation is not None:
            shown_in = self.model.regions.through.objects.filter(
                region_id=reader.organisation.region_id
            )
            here |= Q(pk__in=shown_in.values("event_id"))
        return self.filter(here, is_published=True)

    def ahead(self, *, now: datetime) -> Self:
        return self.filter(ends_at__gt=now, cancelled_at=None)

    def over(self, *, now: datetime) -> Self:
        return self.filter(ends_at__lte=now, cancelled_at=None)

    def locked_one(self, pk: int) -> "Event":
        """Lock one row and return it as it is now. Raises Event.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Event(models.Model):
    """One date of training. Seats are counted under the lock of its row."""

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True, help_text="A room, or words for online.")
    join_url = models.URLField(
        "address to join", max_length=2000, blank=True, help_text="Shown to those with a seat only."
    )
    trainer = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: no limit.")
    visibility = models.CharField(
        max_length=10,
        choices=[one for one in Visibility.choices if one[0] != Visibility.REGISTERED],
        default=Visibility.PUBLIC,
    )
    regions = models.ManyToManyField("calendars.Region", blank=True, related_name="events")
    recording_url = models.URLField(max_length=2000, blank=True)
    recording_visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.REGISTERED
    )
    is_published = models.BooleanField(default=True)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    # Of the invitation: calendars take only what is newer (RFC 5545, 3.8.7.4).
    revision = models.PositiveIntegerField(default=0, editable=False)
    remind_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = EventQuerySet.as_manager()

    if TYPE_CHECKING:
        registrations: RelatedManager["Registration"]

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index("starts_at", "id", name="event_by_start"),
            models.Index("remind_at", name="event_to_remind", condition=~Q(remind_at=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class Registration(models.Model):
    """Somebody's wish to come: with a seat, waiting for one, or withdrawn."""

    class State(models.TextChoices):
        SEATED = "seated", "You have a seat"
        WAITING = "waiting", "You are on the waiting list"
        LEFT = "left", "You do not come"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="training"
    )
    state = models.CharField(max_length=8, choices=State.choices)
    # The order of the waiting list: anew for who left and comes back.
    since = models.DateTimeField()
    has_attended = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("event", "person", name="registration_once_a_person"),
            models.CheckConstraint(
                condition=Q(state__in=["seated", "waiting", "left"]),
                name="registration_state_is_known",
            ),
        ]
        indexes = [models.Index("event", "state", "since", "id", name="registration_in_line")]

    def __str__(self) -> str:
        return f"{self.person} at {self.event}"
