"""What organisations hold (packages, add-ons), and the double-entry ledger of their minutes."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.entitlements.querysets import EntitlementQuerySet, GrantQuerySet, MovementQuerySet
from cases.models import Channel

MOST_MINUTES = 100_000
_AMOUNT = [MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]


class SupportPackage(models.Model):
    """A package as it is sold. What an organisation bought stands in its entitlement."""

    class Period(models.TextChoices):
        """How often its minutes are granted; what is left then expires."""

        MONTH = "month", "every month"
        QUARTER = "quarter", "every quarter"
        YEAR = "year", "every year"
        TERM = "term", "once, for the whole term"

    name = models.CharField(max_length=100, unique=True)
    description = models.TextField(
        blank=True, max_length=2000, help_text="Clients read it on the page of their package."
    )
    has_phone_support = models.BooleanField(
        "phone support", default=False, help_text="Clients may ask for scheduled calls."
    )
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel.choices),
        blank=True,
        default=list,
        help_text="The ways to write to us that come with it. Empty: all of them.",
    )
    minutes_per_period = models.PositiveIntegerField(
        default=0, help_text="Consultation minutes; only with phone support."
    )
    period = models.CharField(max_length=10, choices=Period.choices, default=Period.MONTH)
    is_offered = models.BooleanField(
        default=True, help_text="May be given to organisations. Those who have it keep it."
    )

    class Meta:
        verbose_name = "support package"
        ordering: ClassVar[list[str]] = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_phone_support=True) | Q(minutes_per_period=0),
                name="minutes_need_phone_support",
                violation_error_message="Minutes are for calls: tick phone support, or give none.",
            ),
            models.CheckConstraint(
                condition=Q(minutes_per_period__lte=MOST_MINUTES), name="package_minutes_sensible"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AddOn(models.Model):
    """Minutes that are sold apart: the support consultation is one hour."""

    name = models.CharField(max_length=100, unique=True)
    description = models.TextField(blank=True, max_length=2000)
    minutes = models.PositiveIntegerField(default=60, validators=_AMOUNT)
    is_offered = models.BooleanField(default=True)

    class Meta:
        verbose_name = "add-on"
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Entitlement(models.Model):
    """That an organisation holds a package or an add-on, from one day to another.

    The dates are days of the organisation's zone, which is kept with their instants, so that a
    later move of the organisation changes no contract. Made and changed by `granting.py` only.
    """

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="entitlements"
    )
    package = models.ForeignKey(
        SupportPackage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entitlements",
    )
    add_on = models.ForeignKey(
        AddOn, null=True, blank=True, on_delete=models.PROTECT, related_name="entitlements"
    )
    valid_from = models.DateField(help_text="The first day, in the organisation's zone.")
    valid_until = models.DateField(
        null=True, blank=True, help_text="The last day. Empty: until further notice."
    )
    minutes = models.PositiveIntegerField(
        validators=[MaxValueValidator(MOST_MINUTES)],
        help_text="For each period of a package; in all for an add-on.",
    )
    note = models.CharField(max_length=300, blank=True, help_text="Ours only: contract, order.")
    zone = models.CharField(max_length=64, editable=False)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    next_period = models.PositiveIntegerField(default=0, editable=False)
    next_grant_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.CharField(max_length=200, editable=False)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(package__isnull=True) ^ Q(add_on__isnull=True),
                name="entitlement_is_one_thing",
                violation_error_message="Choose either a package or an add-on.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="entitlement_ends_after_it_begins",
                violation_error_message="The last day lies before the first.",
            ),
        ]
        indexes = [
            models.Index("organisation", "starts_at", name="entitlement_of"),
            models.Index(
                "next_grant_at",
                name="entitlement_to_grant",
                condition=Q(next_grant_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.organisation}"

    @property
    def name(self) -> str:
        """What it is called: the package or the add-on."""
        return str(self.package or self.add_on)

    @property
    def months(self) -> int:
        """Months of one period; 0 when everything is granted once."""
        if self.package is None:
            return 0
        lengths = {"month": 1, "quarter": 3, "year": 12, "term": 0}
        return lengths[self.package.period]


class Book(models.Model):
    """The minutes of one organisation in all: one row to lock, one row to read.

    Its numbers are moved by the database when postings are added, and by nothing else.
    """

    organisation = models.OneToOneField(
        "people.Organisation", primary_key=True, on_delete=models.PROTECT, related_name="minutes"
    )
    available = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    used = models.IntegerField(default=0)
    expired = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(available__gte=0, held__gte=0, used__gte=0, expired__gte=0),
                name="book_never_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"minutes of organisation {self.organisation_id}"


class Grant(models.Model):
    """Minutes granted at once, and in which of its accounts they are now.

    `expires_at` is the earlier of the end of the period and of the entitlement.
    """

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="grants")
    # The index below serves the reference, so it needs no other.
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="grants", db_index=False
    )
    starts_at = models.DateTimeField()
    period_ends_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    issued = models.IntegerField(default=0)
    available = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    used = models.IntegerField(default=0)
    expired = models.IntegerField(default=0)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("entitlement", "starts_at", name="grant_once_a_period"),
            models.CheckConstraint(
                condition=Q(available__gte=0, held__gte=0, used__gte=0, expired__gte=0),
                name="grant_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(issued=F("available") + F("held") + F("used") + F("expired")),
                name="grant_adds_up",
            ),
        ]
        indexes = [
            models.Index(
                "organisation", "expires_at", name="grant_of", condition=Q(available__gt=0)
            ),
            models.Index("expires_at", name="grant_to_expire", condition=Q(available__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.issued} minutes of {self.entitlement}"


class Movement(models.Model):
    """One transaction of the ledger. Only ever added; the database refuses anything else.

    `change` is what it did to the minutes that may be booked, `available_after` how many there
    were then. Movements of one organisation follow each other: the book is locked for each.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", "Granted"
        HOLD = "hold", "Held"
        USE = "use", "Used"
        GIVE_BACK = "give_back", "Given back"
        EXPIRE = "expire", "Expired"

    # The index below serves the reference, so it needs no other.
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="movements", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    minutes = models.PositiveIntegerField()
    change = models.IntegerField()
    available_after = models.IntegerField()
    # The movement that held what this one uses or gives back.
    hold = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="settlements"
    )
    why = models.CharField(max_length=300)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_label = models.CharField(max_length=200)

    objects = MovementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["grant", "hold", "use", "give_back", "expire"]),
                name="movement_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["use", "give_back"], hold__isnull=False)
                | Q(kind__in=["grant", "hold", "expire"], hold=None),
                name="movement_settles_a_hold",
            ),
        ]
        indexes = [models.Index("organisation", "id", name="movement_statement")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.minutes} minutes: {self.why}"


class Posting(models.Model):
    """One leg of a movement: minutes into (above zero) or out of one account of one grant.

    The legs of a movement add up to zero for each grant: the database refuses others, and keeps
    the numbers on grant and book as it adds them.
    """

    class Account(models.TextChoices):
        ISSUED = "issued", "Issued"
        AVAILABLE = "available", "Available"
        HELD = "held", "Held"
        USED = "used", "Used"
        EXPIRED = "expired", "Expired"

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="postings")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField(max_length=10, choices=Account.choices)
    minutes = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__in=["issued", "available", "held", "used", "expired"]),
                name="posting_account_is_known",
            ),
            models.CheckConstraint(condition=~Q(minutes=0), name="posting_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes:+d} {self.account} of grant {self.grant_id}"
