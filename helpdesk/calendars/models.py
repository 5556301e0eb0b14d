"""Regions, their holidays, and calendars with every version of their hours."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from helpdesk.calendars.validating import validate_country, validate_hours, validate_time_zone


class Region(models.Model):
    """A part of the world with its own public holidays, zone and emergency line."""

    code = models.SlugField(max_length=20, unique=True, help_text="Short and stable: au-vic.")
    name = models.CharField(max_length=100, unique=True)
    country = models.CharField(
        max_length=2, validators=[validate_country], help_text="Two letters, such as AU."
    )
    subdivision = models.CharField(
        max_length=10,
        blank=True,
        help_text="State or province whose holidays count, such as VIC. Empty: national ones only.",
    )
    time_zone = models.CharField(
        max_length=64,
        validators=[validate_time_zone],
        help_text="IANA name, such as Australia/Melbourne.",
    )
    emergency_phone = models.CharField(
        max_length=40, blank=True, help_text="The line for critical cases, as people dial it."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Words that say which holidays."""

    def of_year(self, year: int) -> Self:
        return self.filter(date__year=year)

    def observed(self) -> Self:
        """Those on which the desk is closed."""
        return self.filter(is_observed=True)

    def unconfirmed(self) -> Self:
        """Those that nobody has looked at yet."""
        return self.filter(confirmed_at=None)


class Holiday(models.Model):
    """A public holiday of a region: a local date, seeded by a library or entered by hand."""

    class Source(models.TextChoices):
        LIBRARY = "library", "Library"
        BY_HAND = "by_hand", "By hand"

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField()
    name = models.CharField(max_length=200)
    is_observed = models.BooleanField(
        "closed",
        default=True,
        help_text="Untick it for a holiday on which the desk works. Do not delete it: "
        "the library would bring it back.",
    )
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.BY_HAND)
    confirmed_by = models.CharField(max_length=200, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["date", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "date"],
                name="holiday_is_entered_once",
                violation_error_message="This region has a holiday on that date already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.date:%d %B %Y}, {self.region})"


class Calendar(models.Model):
    """Opening hours under a name. The hours themselves live in its versions, never changed."""

    class Purpose(models.TextChoices):
        OFFICE = "office", "Office hours"
        CHAT = "chat", "Chat hours"
        ROUND_THE_CLOCK = "round_the_clock", "Round the clock"
        OTHER = "other", "Other"

    slug = models.SlugField(max_length=40, unique=True, help_text="Short and stable: nz-office.")
    name = models.CharField(max_length=100, unique=True)
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.OFFICE)
    region = models.ForeignKey(
        Region,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="calendars",
        help_text="Whose holidays count.",
    )
    time_zone = models.CharField(
        max_length=64,
        validators=[validate_time_zone],
        help_text="IANA name. Hours and holidays are read on a clock in this zone.",
    )
    observes_holidays = models.BooleanField(
        default=True, help_text="Closed on the public holidays of the region."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(observes_holidays=False) | Q(region__isnull=False),
                name="calendar_with_holidays_has_region",
                violation_error_message="Choose the region whose holidays this calendar observes.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def current_version_at(self, at: datetime) -> "CalendarVersion":
        """The version that holds at `at`; before the first one took effect, the first.

        Raises `CalendarVersion.DoesNotExist` for a calendar without any.
        """
        in_force = self.versions.in_force_at(at).first()
        return in_force or self.versions.earliest("effective_at", "number")


class CalendarVersionQuerySet(models.QuerySet["CalendarVersion"]):
    """Words that say which versions."""

    def latest_first(self) -> Self:
        """By the instant from which they hold; of the same instant the newest first."""
        return self.order_by("-effective_at", "-number")

    def in_force_at(self, at: datetime) -> Self:
        """One version a calendar: the one that holds at `at`."""
        return (
            self.filter(effective_at__lte=at)
            .order_by("calendar_id", "-effective_at", "-number")
            .distinct("calendar_id")
        )

    def planned_after(self, at: datetime) -> Self:
        """What will hold later: one version for each calendar and instant, soonest first."""
        return (
            self.filter(effective_at__gt=at)
            .order_by("effective_at", "calendar_id", "-number")
            .distinct("effective_at", "calendar_id")
        )


class CalendarVersion(models.Model):
    """What a calendar said from an instant on, frozen. Only ever added, by `publish_version`."""

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    effective_at = models.DateTimeField(help_text="It holds from this instant on.")
    time_zone = models.CharField(max_length=64)
    weekly = models.JSONField(help_text="Hours by weekday, such as {'mon': [['09:00', '17:00']]}.")
    holidays = models.JSONField(help_text="List of {date, name}.")
    exceptions = models.JSONField(help_text="List of {date, hours, reason}.")
    zone_rules = models.CharField(
        max_length=16, help_text="Fingerprint of the zone's clock changes when it was published."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=200)
    why = models.CharField(max_length=500)

    objects = CalendarVersionQuerySet.as_manager()

    class Meta:
        ordering = ["calendar", "-number"]
        get_latest_by: ClassVar[list[str]] = ["effective_at", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "number"], name="calendar_version_number_is_unique"
            ),
        ]
        indexes = [
            models.Index(
                fields=["calendar", "-effective_at", "-number"], name="calendar_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar}, version {self.number}"


class CalendarException(models.Model):
    """The hours of one date, instead of the week's and whatever holiday falls on it."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField(help_text="A date in the calendar's own zone.")
    hours = models.JSONField(
        default=list, blank=True, validators=[validate_hours], help_text="Empty means closed."
    )
    reason = models.CharField(
        max_length=200, help_text="Clients read it: “Company day”, “Extended hours for the launch”."
    )

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "date"],
                name="calendar_exception_is_entered_once",
                violation_error_message="This calendar has an exception for that date already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar}, {self.date:%d %B %Y}"
