"""Notices, what was said of them, and who wants to hear of them."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from knowledgebase.notices.lifecycle import ENDED, Impact, Kind, Plan, State
from knowledgebase.notices.querysets import NoticeQuerySet

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Product(models.Model):
    """A part of what we run that can be up or down by itself."""

    name = models.CharField(max_length=100, unique=True)
    description = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="The lowest stands first.")
    is_shown = models.BooleanField("on the status page", default=True)
    organisations = models.ManyToManyField(
        "people.Organisation",
        blank=True,
        related_name="products",
        help_text="Who uses it: banners are shown to these. Empty means everybody.",
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """Something that readers must know of: planned, happening, or over.

    `reference` is the name under which another room posts it, such as `defect:12`; one notice a
    reference. `next_action_at` is when the sweep has something to do with it.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=14, choices=State.choices)
    impact = models.PositiveSmallIntegerField(choices=Impact.choices, default=Impact.NONE)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    products = models.ManyToManyField(Product, blank=True, related_name="notices")
    regions = models.ManyToManyField("calendars.Region", blank=True, related_name="notices")
    runs_by_itself = models.BooleanField(default=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    next_action_at = models.DateTimeField(null=True, editable=False)
    # How often the plan changed: calendars of subscribers take only what is newer (RFC 5545).
    revision = models.PositiveIntegerField(default=0, editable=False)
    reference = models.CharField(max_length=100, null=True, blank=True, editable=False, unique=True)
    updated_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())

    objects = NoticeQuerySet.as_manager()

    if TYPE_CHECKING:
        updates: RelatedManager["Update"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="notice_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="notice_ends_after_it_starts",
                violation_error_message="It must end after it starts.",
            ),
        ]
        indexes = [
            models.Index(
                "next_action_at", "id", name="notice_due", condition=Q(next_action_at__isnull=False)
            ),
            models.Index(
                "starts_at",
                name="notice_open",
                condition=~Q(state__in=sorted(ENDED)),
            ),
            models.Index("ended_at", name="notice_ended"),
            models.Index("updated_at", "id", name="notice_latest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def current_state(self) -> State:
        return State(self.state)

    @property
    def is_open(self) -> bool:
        return self.current_state not in ENDED

    @property
    def plan(self) -> Plan:
        return Plan(
            state=self.current_state,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            remind_at=self.remind_at,
            runs_by_itself=self.runs_by_itself,
        )


class Update(models.Model):
    """What was said of a notice at a time, with the state that it had from then on. Never changed.

    It is its own work list: until `told_at` it is being mailed, up to the subscription `told_upto`.
    """

    class Reason(models.TextChoices):
        POSTED = "posted", "Posted"
        SAID = "said", "Update"
        REMINDED = "reminded", "Reminder"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="updates")
    reason = models.CharField(max_length=10, choices=Reason.choices, default=Reason.SAID)
    state = models.CharField(max_length=14, choices=State.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_label = models.CharField(max_length=200)
    key = models.CharField(max_length=100, null=True, editable=False)
    told_upto = models.BigIntegerField(default=0, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint("notice", "key", name="update_is_made_once_a_key"),
        ]
        indexes = [models.Index("id", name="update_untold", condition=Q(told_at=None))]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} of {self.notice_id}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Words that say which subscriptions."""

    def confirmed(self) -> Self:
        """Those whose address said yes and has not left since."""
        return self.filter(confirmed_at__isnull=False, left_at=None)

    def for_notice(self, notice: Notice) -> Self:
        """Those who want news of the notice's products; a choice of none is a choice of all."""
        products = list(notice.products.values_list("pk", flat=True))
        if not products:
            return self
        chosen = self.model.products.through.objects.filter(subscription_id=models.OuterRef("pk"))
        return self.filter(
            ~models.Exists(chosen) | models.Exists(chosen.filter(product_id__in=products))
        )


class Subscription(models.Model):
    """An address that wants news of the status page, once it has confirmed that itself."""

    email = models.EmailField(max_length=254)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="status_subscriptions",
    )
    products = models.ManyToManyField(Product, blank=True, related_name="subscriptions")
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="address_subscribes_once"),
        ]

    def __str__(self) -> str:
        return self.email
