"""Who else is told, and each thing that was told to them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from helpdesk.journal.kinds import Audience
from helpdesk.webhooks.validating import validate_patterns, validate_url


class Endpoint(models.Model):
    """An address of other software that is told what happens here.

    One of an organisation hears only of that organisation, and only what its people may read;
    one of ours hears as much as `audience` says.
    """

    class Hears(models.TextChoices):
        """How much an endpoint of ours is told."""

        CLIENT = Audience.CLIENT.value, "What clients may read"
        AGENTS = Audience.AGENTS.value, "What agents may read too"
        LEADS = Audience.LEADS.value, "What leads may read too"

    name = models.CharField(max_length=100)
    url = models.CharField("address", max_length=2000, validators=[validate_url])
    organisation = models.ForeignKey(
        "people.Organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="webhook_endpoints",
        help_text="Empty: an endpoint of ours, which hears of every organisation.",
    )
    audience = models.CharField(max_length=10, choices=Hears.choices, default=Hears.CLIENT)
    listens_to = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        validators=[validate_patterns],
        help_text=(
            "Kinds of news with commas between, such as case.opened, case.* or *. Empty: it gets "
            "only what is addressed to it, such as calls of the person on call."
        ),
    )
    sealed_secret = models.TextField(editable=False)
    sealed_previous = models.TextField(blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    is_on = models.BooleanField("is on", default=True)
    off_reason = models.TextField("why it is off", blank=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    paused_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(audience=Audience.CLIENT.value),
                name="organisation_hears_what_clients_read",
                violation_error_message="An organisation's endpoint hears what clients may read.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One thing told to one endpoint, frozen when it was decided, and its fate."""

    class State(models.TextChoices):
        PENDING = "pending", "Waits"
        SENDING = "sending", "Is being sent"
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Given up"

    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    key = models.CharField(max_length=100)
    message_id = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=60)
    body = models.TextField()
    created_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # When it is tried next; while it is being sent, when the lease of its worker ends.
    next_attempt_at = models.DateTimeField(db_default=Now())
    delivered_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_error = models.TextField(blank=True)
    last_answer = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint("endpoint", "key", name="delivery_is_queued_once"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "sending", "delivered", "failed"]),
                name="delivery_state_is_known",
            ),
        ]
        indexes = [
            models.Index(
                "next_attempt_at",
                name="delivery_due",
                condition=Q(state__in=["pending", "sending"]),
            ),
            models.Index(fields=["endpoint", "-id"], name="delivery_of_endpoint"),
            models.Index("created_at", name="delivery_created"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.endpoint_id}"

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DELIVERED, self.State.FAILED}
