"""What was said on a case."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from helpdesk.people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from helpdesk.attachments.models import StoredFile


class Visibility(models.TextChoices):
    """Internal unless somebody says otherwise."""

    INTERNAL = "internal", "Internal"
    PUBLIC = "public", "Public"


class MessageQuerySet(models.QuerySet["Message"]):
    """Words that say which messages. Whatever a client reads starts from `public`."""

    def public(self) -> Self:
        return self.filter(visibility=Visibility.PUBLIC)

    def readable_by(self, person: Person | AnonymousUser) -> Self:
        """Of a case that `person` may see: everything for us, the public part for clients."""
        if isinstance(person, Person) and person.is_staff_member:
            return self
        return self.public()

    def in_order(self) -> Self:
        return self.order_by("at", "id")


class Message(models.Model):
    """One message or internal note. Its words never change; what was quoted stays with it."""

    # The index below serves the reference, so it needs no other.
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    is_ours = models.BooleanField(default=False)
    is_automatic = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="messages",
    )
    author_label = models.CharField(max_length=200)
    channel = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    quoted_text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    at = models.DateTimeField()
    inbound_mail_id = models.BigIntegerField(null=True, unique=True)
    evidence = models.JSONField(default=dict, blank=True)
    client_key = models.CharField(max_length=64, blank=True)

    objects = MessageQuerySet.as_manager()

    if TYPE_CHECKING:
        files: RelatedManager["MessageFile"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="message_visibility_is_known"
            ),
            models.UniqueConstraint(
                "case", "client_key", name="message_once_a_key", condition=~Q(client_key="")
            ),
        ]
        indexes = [models.Index("case", "at", "id", name="message_thread")]

    def __str__(self) -> str:
        return f"message {self.pk} on case {self.case_id}"

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC


class MessageFile(models.Model):
    """A file that came with a message."""

    # The constraint below serves the reference, so it needs no index of its own.
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="files", db_index=False
    )
    file: "models.ForeignKey[StoredFile, StoredFile]" = models.ForeignKey(
        "attachments.StoredFile", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("message", "file", name="file_once_a_message"),
        ]

    def __str__(self) -> str:
        return f"file {self.file_id} of message {self.message_id}"
