"""The two ledgers of mail, and what steers them. Nothing here knows a case."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from helpdesk.mail.querysets import InboundQuerySet, OutboundQuerySet
from helpdesk.mail.states import OUTSTANDING, InboundState, OutboundState

ADDRESS_LENGTH = 320
_OUTSTANDING = Q(state__in=sorted(OUTSTANDING))


class InboundMail(models.Model):
    """One mail that reached the desk, stored before anything else happened, and its fate.

    The raw bytes stand in `InboundRaw`, so that lists of this stay light. What it became is
    named, not linked: nothing down here points up.
    """

    received_at = models.DateTimeField(db_default=Now())
    source = models.CharField(max_length=40)
    provider_id = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    envelope_from = models.CharField(max_length=ADDRESS_LENGTH, blank=True)
    envelope_to = ArrayField(models.CharField(max_length=ADDRESS_LENGTH), default=list)
    recipients_key = models.CharField(max_length=64, blank=True)
    deliveries = models.PositiveIntegerField(default=1)
    auth = models.JSONField(default=dict)

    from_address = models.CharField(max_length=ADDRESS_LENGTH, blank=True)
    from_name = models.CharField(max_length=300, blank=True)
    mail_subject = models.CharField(max_length=1000, blank=True)
    message_key = models.CharField(max_length=300, blank=True)
    # The Message-IDs that it names as its parents, for mails that overtake each other.
    parents = ArrayField(models.CharField(max_length=300), default=list)
    content_digest = models.CharField(max_length=64, blank=True)
    copy_of = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="copies", editable=False
    )

    state = models.CharField(
        max_length=12, choices=InboundState.choices, default=InboundState.PENDING
    )
    reason = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)
    # What people did with it: at, by, what.
    history = models.JSONField(default=list)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    is_cleared = models.BooleanField("somebody said that it is not spam", default=False)

    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    last_error = models.TextField(blank=True)

    objects = InboundQuerySet.as_manager()

    class Meta:
        verbose_name = "inbound mail"
        verbose_name_plural = "inbound mail"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=InboundState.values), name="inbound_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=InboundState.PENDING) | ~Q(reason=""),
                name="inbound_fate_has_a_reason",
            ),
            models.UniqueConstraint(
                "sha256", "recipients_key", name="inbound_same_bytes_are_one_row"
            ),
            models.UniqueConstraint(
                "source",
                "provider_id",
                name="inbound_same_provider_id_is_one_row",
                condition=~Q(provider_id=""),
            ),
            models.UniqueConstraint(
                "message_key",
                "content_digest",
                name="inbound_same_mail_has_one_original",
                condition=Q(copy_of=None) & ~Q(content_digest=""),
            ),
        ]
        indexes = [
            models.Index(
                "next_attempt_at", name="inbound_due", condition=Q(state=InboundState.PENDING)
            ),
            models.Index(fields=["state", "-id"], name="inbound_in_state"),
            models.Index("received_at", name="inbound_received"),
            models.Index("subject_kind", "subject_id", name="inbound_subject"),
            models.Index("message_key", name="inbound_message_key", condition=~Q(message_key="")),
            GinIndex(F("parents"), name="inbound_parents"),
        ]

    def __str__(self) -> str:
        return f"Mail {self.pk}"


class InboundRaw(models.Model):
    """The bytes of a mail exactly as they came."""

    mail = models.OneToOneField(
        InboundMail, primary_key=True, on_delete=models.CASCADE, related_name="raw"
    )
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Raw bytes of mail {self.mail_id}"


class InboundTally(models.Model):
    """How many rows the intake made on a UTC day, counted apart from the rows themselves.

    Only so can the balance of a day show that a row is missing.
    """

    day = models.DateField(primary_key=True)
    received = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.received}"


class OutboundMail(models.Model):
    """One mail to one person, frozen when it was decided, and what became of it."""

    class Priority(models.IntegerChoices):
        """Delivered in this order."""

        INTERACTIVE = 0, "Somebody wrote it"
        NOTICE = 1, "Notice"
        BULK = 2, "Bulk"

    class Automatic(models.TextChoices):
        """The value of Auto-Submitted (RFC 3834)."""

        NO = "", "Written by a person"
        GENERATED = "auto-generated", "Notice"
        REPLIED = "auto-replied", "Automatic answer"

    class Ceiling(models.TextChoices):
        """Which limit on automatic answers holds, see `ceilings.py`."""

        NONE = "", "None"
        ANSWER = "answer", "Answer"
        STRANGER = "stranger", "Answer to a stranger"

    class HeldBy(models.TextChoices):
        """Why a mail is suppressed."""

        NOBODY = "", "Nobody"
        CEILING = "ceiling", "Ceiling on automatic answers"
        ADDRESS = "address", "Suppressed address"

    created_at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    message_id = models.CharField(max_length=320, unique=True)
    priority = models.PositiveSmallIntegerField(
        choices=Priority.choices, default=Priority.INTERACTIVE
    )
    automatic = models.CharField(max_length=20, choices=Automatic.choices, blank=True)
    ceiling = models.CharField(max_length=10, choices=Ceiling.choices, blank=True)
    granted_at = models.DateTimeField(null=True)
    held_by = models.CharField(max_length=10, choices=HeldBy.choices, blank=True)

    from_name = models.CharField(max_length=200)
    to_address = models.CharField(max_length=ADDRESS_LENGTH)
    to_name = models.CharField(max_length=200, blank=True)
    to_key = models.CharField(max_length=ADDRESS_LENGTH)
    cc = models.JSONField(default=list)
    subject = models.CharField(max_length=1000)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=10, default="en")
    is_private = models.BooleanField("holds a secret: wiped once accepted", default=False)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    # What people did with it: at, by, what.
    history = models.JSONField(default=list)

    state = models.CharField(
        max_length=12, choices=OutboundState.choices, default=OutboundState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    # When it is tried next; while it is being sent, when the lease of its worker ends.
    next_attempt_at = models.DateTimeField(db_default=Now())
    last_error = models.TextField(blank=True)
    smtp_reply = models.TextField(blank=True)
    provider_id = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    is_hard_bounce = models.BooleanField(default=False)

    objects = OutboundQuerySet.as_manager()

    class Meta:
        verbose_name = "outbound mail"
        verbose_name_plural = "outbound mail"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OutboundState.values), name="outbound_state_is_known"
            ),
            models.UniqueConstraint("kind", "key", name="outbound_is_queued_once"),
        ]
        indexes = [
            models.Index(
                "priority", "next_attempt_at", name="outbound_due", condition=_OUTSTANDING
            ),
            models.Index(fields=["state", "-id"], name="outbound_in_state"),
            models.Index("created_at", name="outbound_created"),
            models.Index("subject_kind", "subject_id", "id", name="outbound_subject"),
            models.Index(
                "granted_at", "to_key", name="outbound_granted", condition=~Q(granted_at=None)
            ),
            models.Index("to_key", name="outbound_hard_bounces", condition=Q(is_hard_bounce=True)),
            models.Index("provider_id", name="outbound_provider", condition=~Q(provider_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_address}"


class OutboundIntent(models.Model):
    """That a mail was to leave, noted apart from its row, so that a row that is missing shows.

    A row a mail and not a figure a day: whoever queues a mail must not wait for all the others.
    """

    message_id = models.CharField(max_length=320, primary_key=True)
    intended_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index("intended_at", name="outbound_intended")]

    def __str__(self) -> str:
        return self.message_id


class RelayPause(models.Model):
    """The mail server is out of reach: one row while that lasts, none otherwise."""

    name = models.CharField(max_length=20, primary_key=True)
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    failures = models.PositiveIntegerField(default=1)
    reason = models.TextField()

    def __str__(self) -> str:
        return self.reason


class SuppressedAddress(models.Model):
    """An address that gets no mail any more, until somebody lifts it."""

    class Cause(models.TextChoices):
        HARD_BOUNCES = "hard_bounces", "Mail came back more than once"
        COMPLAINT = "complaint", "Reported our mail as spam"
        BY_HAND = "by_hand", "Entered by hand"

    address = models.CharField(max_length=ADDRESS_LENGTH)
    cause = models.CharField(max_length=20, choices=Cause.choices, default=Cause.BY_HAND)
    detail = models.TextField(blank=True)
    since = models.DateTimeField(db_default=Now())
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "suppressed addresses"
        constraints = [
            models.UniqueConstraint(Lower("address"), name="suppressed_address_stands_once"),
        ]

    def __str__(self) -> str:
        return self.address


class MailTemplate(models.Model):
    """Words of a mail that an administrator wrote, in place of the shipped ones."""

    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="en")
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True, help_text="Empty: made from the text.")

    class Meta:
        constraints = [
            models.UniqueConstraint("kind", "language", name="mail_template_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"


class CaughtMail(models.Model):
    """A mail that the development desk kept instead of sending it."""

    caught_at = models.DateTimeField(db_default=Now())
    sender = models.CharField(max_length=ADDRESS_LENGTH)
    recipients = ArrayField(models.CharField(max_length=ADDRESS_LENGTH))
    subject = models.CharField(max_length=1000, blank=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.subject
