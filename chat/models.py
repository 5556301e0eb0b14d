"""Where the pop-up stands, who talks in it, and what is said. Only `chat.actions` writes talk."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from chat.querysets import ConversationQuerySet, LineQuerySet, VisitQuerySet
from chat.validating import validate_origins, validate_questions

if TYPE_CHECKING:
    from helpdesk.attachments.models import StoredFile
    from helpdesk.calendars.models import Calendar


def new_key() -> str:
    """96 random bits, fit for an address: a name, not a secret."""
    return secrets.token_urlsafe(12)


class Site(models.Model):
    """A place that shows the pop-up: the Help Center, the vendor's product, a home page."""

    class Asked(models.TextChoices):
        REQUIRED = "required", "Asked, and has to be given"
        OPTIONAL = "optional", "Asked, may be left empty"
        NO = "no", "Not asked"

    key = models.CharField(max_length=40, unique=True, default=new_key)
    name = models.CharField(max_length=100, unique=True)
    origins = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_origins],
        help_text='Pages that may show it: ["https://app.acme.example"]. The desk itself always.',
    )
    is_offered = models.BooleanField(default=True)
    takes_anonymous = models.BooleanField(
        default=True, help_text="Whether somebody for whom no page vouches may write."
    )
    asks_name = models.CharField(
        max_length=10, choices=Asked.choices, default=Asked.REQUIRED, help_text="Of a visitor."
    )
    asks_email = models.CharField(
        max_length=10,
        choices=Asked.choices,
        default=Asked.REQUIRED,
        help_text="Of a visitor. Without an address nothing reaches them but in the chat.",
    )
    calendar: "models.ForeignKey[Calendar | None, Calendar | None]" = models.ForeignKey(
        "calendars.Calendar",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Chat hours of this place. Empty: the first calendar for chat.",
    )
    most_waiting = models.PositiveSmallIntegerField(
        default=10, help_text="With so many waiting, a further message is taken as a case."
    )
    nudge_after_minutes = models.PositiveSmallIntegerField(
        default=5, help_text="Without a word of the client after our answer. 0: never."
    )
    close_after_minutes = models.PositiveSmallIntegerField(
        default=10, help_text="Further minutes until the chat ends by itself. 0: never."
    )
    left_after_minutes = models.PositiveSmallIntegerField(
        default=3,
        help_text="Who waits and has had no page open for so long is answered by mail. 0: never.",
    )
    greeting = models.CharField(max_length=200, blank=True)
    questions = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_questions],
        help_text='Asked before a chat: [{"name": "product", "label": "Which product?", '
        '"choices": ["Desktop", "Web"], "is_required": true}]. Without choices: a line of text. '
        "What is asked under the name “subject” becomes the subject of the case.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SiteSecret(models.Model):
    """What a host page signs its vouchers with. Two at once while one replaces the other."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="secrets")
    kid = models.CharField("key id", max_length=40, unique=True, default=new_key)
    sealed = models.TextField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.site}, key {self.kid}"


class UsedVoucher(models.Model):
    """A voucher that was handed in: it opens one visit, not two."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", db_index=False)
    nonce = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("site", "nonce", name="voucher_is_used_once")]

    def __str__(self) -> str:
        return f"{self.nonce} at {self.site}"


class Visit(models.Model):
    """One browser in the pop-up, known by a secret of its own that is kept hashed.

    `person` is set only where a page vouched for them. Otherwise name and address are claims.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="visits")
    secret_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="chat_visits"
    )
    session_epoch = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    time_zone = models.CharField(max_length=64, blank=True)
    page = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    objects = VisitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"visit {self.pk} of {self.name}"

    @property
    def is_vouched(self) -> bool:
        return self.person_id is not None

    def is_alive(self, *, at: datetime) -> bool:
        """Whether it still opens anything; a vouched one ends with its person's sessions."""
        if self.ended_at is not None or self.expires_at <= at:
            return False
        person = self.person
        if person is None:
            return True
        return person.is_active and person.session_epoch == self.session_epoch


class Availability(models.Model):
    """Whether one of ours takes chats, and how many at once."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="chat_availability",
    )
    is_away = models.BooleanField(default=False)
    most_at_once = models.PositiveSmallIntegerField(default=3)

    class Meta:
        verbose_name_plural = "availabilities"

    def __str__(self) -> str:
        return f"{self.person}: {'away' if self.is_away else 'here'}"


class Conversation(models.Model):
    """A talk between a visit and ours; it is made by its first message, with a case.

    Two counters number its lines, under the lock of this row: `last_number` all of them, as ours
    read them; `last_public_number` those that the client reads, without a gap where we whispered.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACTIVE = "active", "In talk"
        MESSAGE = "message", "Left as a message"
        ENDED = "ended", "Ended"

    class EndedBy(models.TextChoices):
        CLIENT = "client", "Client"
        AGENT = "agent", "Agent"
        DESK = "desk", "The desk"

    class Rating(models.TextChoices):
        ASKED = "asked", "Asked"
        GOOD = "good", "Good"
        BAD = "bad", "Not good"

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="conversations")
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, related_name="conversations", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="conversations"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="conversations")
    start_key = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    answers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    # Begun while somebody was there to answer, and not left since: its times are counted.
    is_measured = models.BooleanField(default=True)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="chats",
        db_index=False,
    )
    team = models.ForeignKey("people.Team", null=True, on_delete=models.SET_NULL, related_name="+")
    last_number = models.PositiveIntegerField(default=0)
    last_public_number = models.PositiveIntegerField(default=0)
    last_words = models.CharField(max_length=200, blank=True)
    last_is_ours = models.BooleanField(default=False)
    client_delivered = models.PositiveIntegerField(default=0)
    client_read = models.PositiveIntegerField(default=0)
    ours_read = models.PositiveIntegerField(default=0)
    client_quota_at = models.DateTimeField(null=True)
    # When the sweep of `chat.idle` looks at it next, and what it found before.
    quiet_due_at = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    away_since = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, choices=EndedBy.choices, blank=True)
    rating = models.CharField(max_length=5, choices=Rating.choices, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("visit", "start_key", name="conversation_starts_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "active", "message", "ended"]),
                name="conversation_state_is_known",
            ),
        ]
        indexes = [
            models.Index("created_at", "id", name="chat_waiting", condition=Q(state="waiting")),
            models.Index("agent", "updated_at", name="chat_mine", condition=Q(state="active")),
            models.Index("updated_at", "id", name="chat_all"),
            models.Index(
                "quiet_due_at", name="chat_quiet", condition=Q(quiet_due_at__isnull=False)
            ),
            models.Index(
                "first_answered_at",
                name="chat_answered",
                condition=Q(first_answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.key}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.ENDED

    @property
    def is_vouched(self) -> bool:
        return self.person_id is not None


class Line(models.Model):
    """One line of a conversation: something said, or something that happened.

    Its words are final. `message` is the same line in the thread of the case, once it is filed.
    """

    class Kind(models.TextChoices):
        SAID = "said", "Said"
        WHISPERED = "whispered", "Whispered"
        THREAD = "thread", "Written on the case"
        ACCEPTED = "accepted", "Accepted"
        TRANSFERRED = "transferred", "Transferred"
        LINKED = "linked", "Linked"
        INVITED = "invited", "Invited"
        WENT = "went", "Went out"
        NUDGED = "nudged", "Nudged"
        LEFT = "left", "Left"
        ENDED = "ended", "Ended"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    number = models.PositiveIntegerField()
    public_number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    is_ours = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    author_label = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    client_id = models.CharField(max_length=80, blank=True)
    written_at = models.DateTimeField(
        null=True, help_text="When it was written, if that was before it could be sent."
    )
    at = models.DateTimeField()
    message = models.OneToOneField(
        "thread.Message", null=True, on_delete=models.SET_NULL, related_name="chat_line"
    )
    filing_due_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("conversation", "number", name="line_number_once"),
            models.UniqueConstraint("conversation", "public_number", name="line_public_once"),
            models.UniqueConstraint(
                "conversation",
                "client_id",
                name="line_once_a_client_id",
                condition=~Q(client_id=""),
            ),
            models.CheckConstraint(
                condition=~Q(kind="whispered") | Q(public_number=None),
                name="line_whispered_is_never_public",
            ),
        ]
        indexes = [
            models.Index(
                "filing_due_at", name="line_to_file", condition=Q(filing_due_at__isnull=False)
            ),
            models.Index(
                "mail_due_at", name="line_to_mail", condition=Q(mail_due_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.number} of {self.conversation_id}"


class LineFile(models.Model):
    """A file that came with a line."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="files", db_index=False)
    file: "models.ForeignKey[StoredFile, StoredFile]" = models.ForeignKey(
        "attachments.StoredFile", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint("line", "file", name="file_once_a_line")]

    def __str__(self) -> str:
        return f"file {self.file_id} of line {self.line_id}"
