"""The rota, the pages that were sent by it, and the calls that came in by telephone."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from helpdesk.people.validating import validate_time_zone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

_PERSON = settings.AUTH_USER_MODEL
MOST_WEEKS = 12


class Rota(models.Model):
    """Who is called for critical cases, and with how much patience. One is in use."""

    name = models.CharField(max_length=100, unique=True)
    time_zone = models.CharField(max_length=64, validators=[validate_time_zone])
    is_in_use = models.BooleanField("is in use", default=True)
    minutes_to_answer = models.PositiveSmallIntegerField(
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="After so many minutes without an acknowledgement the next in line is called.",
    )
    rounds = models.PositiveSmallIntegerField(
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text="How often everybody in line is called before we stop.",
    )
    minutes_to_act = models.PositiveSmallIntegerField(
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text="Acknowledged, and the client has no answer after so many minutes: called again.",
    )
    gateways = models.ManyToManyField(
        "webhooks.Endpoint",
        blank=True,
        related_name="+",
        help_text="Endpoints that turn a call into an SMS or a telephone call.",
    )

    if TYPE_CHECKING:
        layers: RelatedManager["Layer"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "is_in_use",
                name="one_rota_is_in_use",
                condition=Q(is_in_use=True),
                violation_error_message="Another rota is in use: switch that one off first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Layer(models.Model):
    """A line of the rota: the primary is called first, then the secondary, then the lead."""

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="layers")
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    if TYPE_CHECKING:
        shifts: RelatedManager["Shift"]
        overrides: RelatedManager["Override"]

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("rota", "name", name="layer_once_a_rota")]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """Somebody's hours in a layer, by the clock on the wall; `turns.Shift` says what they mean."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="shifts")
    person = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="shifts")
    first_on = models.DateField()
    starts_at = models.TimeField()
    days = models.PositiveSmallIntegerField(validators=[MaxValueValidator(7 * MOST_WEEKS)])
    ends_at = models.TimeField()
    every_weeks = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)]
    )
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["first_on", "starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.person} from {self.first_on}"


class Override(models.Model):
    """Somebody stands in for whoever the shifts name."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="overrides")
    person = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(_PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="override_ends_after_it_starts",
                violation_error_message="It must end after it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} from {self.starts_at:%d %b %H:%M}"


class Page(models.Model):
    """One critical case for which somebody is called, until it is over.

    How patient it is was fixed when it began: editing the rota changes no running page.
    """

    class State(models.TextChoices):
        RINGING = "ringing", "Calling"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        STOPPED = "stopped", "Over"
        EXHAUSTED = "exhausted", "Nobody answered"

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="pages")
    started_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.RINGING)
    minutes_to_answer = models.PositiveSmallIntegerField()
    minutes_to_act = models.PositiveSmallIntegerField()
    most_attempts = models.PositiveSmallIntegerField()
    attempt_count = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        _PERSON, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    last_error = models.TextField(blank=True)

    if TYPE_CHECKING:
        attempts: RelatedManager["Attempt"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case",
                name="one_page_a_case_at_a_time",
                condition=Q(state__in=["ringing", "acknowledged"]),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ringing", "acknowledged", "stopped", "exhausted"]),
                name="page_state_is_known",
            ),
        ]
        indexes = [models.Index("next_at", name="page_due", condition=~Q(next_at=None))]

    def __str__(self) -> str:
        return f"page for case {self.case_id}"

    @property
    def is_running(self) -> bool:
        return self.state in {self.State.RINGING, self.State.ACKNOWLEDGED}

    @property
    def time_to_answer(self) -> timedelta:
        return timedelta(minutes=self.minutes_to_answer)

    @property
    def time_to_act(self) -> timedelta:
        return timedelta(minutes=self.minutes_to_act)


class Attempt(models.Model):
    """One person called once, by every channel they can be reached by."""

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="attempts", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    layer_name = models.CharField(max_length=60)
    person = models.ForeignKey(_PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    person_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    if TYPE_CHECKING:
        sendings: RelatedManager["Sending"]

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("page", "number", name="attempt_once_a_number"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number}: {self.person_label}"


class Sending(models.Model):
    """What left by one channel for an attempt; its fate is read from the row that it names."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="sendings")
    channel = models.CharField(max_length=20)
    to = models.CharField(max_length=320)
    mail = models.ForeignKey(
        "mail.OutboundMail", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    delivery = models.ForeignKey(
        "webhooks.Delivery", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    push = models.ForeignKey(
        "notifications.PushMessage", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.channel} to {self.to}"


class EmergencyCall(models.Model):
    """A call on the emergency line: logged by an agent, or told to us by the telephone system.

    What a telephone system tells is stored as it came before it is answered, and only then
    becomes a case.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Waits"
        CASED = "cased", "Became a case"
        FAILED = "failed", "Could not be read"

    received_at = models.DateTimeField(db_default=Now())
    # The `webhook-id` of the telephone system; agents' own entries have none.
    message_id = models.CharField(max_length=200, null=True, unique=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_default=Now())
    last_error = models.TextField(blank=True)
    case = models.OneToOneField(
        "cases.Case", null=True, on_delete=models.SET_NULL, related_name="emergency_call"
    )
    taken_by = models.ForeignKey(_PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    caller_name = models.CharField(max_length=200, blank=True)
    callback_number = models.CharField(max_length=40, blank=True)
    is_verified = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                "next_attempt_at", name="emergency_call_pending", condition=Q(state="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"call from {self.callback_number or 'an unknown number'}"
