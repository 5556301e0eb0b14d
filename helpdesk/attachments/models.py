"""What is known of a stored file. Who may have it is decided by the rooms that refer to it."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

RASTER_TYPES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})


def new_public_id() -> str:
    """Return 192 random bits, fit for an address."""
    return secrets.token_urlsafe(24)


class ScanState(models.TextChoices):
    """What the virus scanner said. Held: not scanned, infected."""

    UNNEEDED = "unneeded", "No scanner is set up"
    NOT_SCANNED = "not_scanned", "Not scanned yet"
    CLEAN = "clean", "Clean"
    INFECTED = "infected", "Infected"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Words that say which files."""

    def drafts(self) -> Self:
        """Uploaded, not yet part of anything."""
        return self.exclude(draft_session="")

    def drafts_of(self, draft_session: str) -> Self:
        return self.filter(draft_session=draft_session) if draft_session else self.none()

    def uploaded_since(self, at: datetime) -> Self:
        return self.filter(created_at__gt=at)


class StoredFile(models.Model):
    """One file: its bytes lie in the store under a random key, its name is only data.

    `content_type` is one of our own list, whatever was declared. `draft_session` names, hashed,
    the session that uploaded it while it is not part of anything.
    """

    public_id = models.CharField(max_length=43, unique=True, default=new_public_id, editable=False)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    declared_type = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=100, unique=True)
    is_inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=250, blank=True)
    is_dangerous = models.BooleanField(default=False)
    contains_secrets = models.BooleanField(default=False)
    scan_state = models.CharField(
        max_length=12, choices=ScanState.choices, default=ScanState.UNNEEDED
    )
    scan_due_at = models.DateTimeField(null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="uploaded_files",
    )
    draft_session = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    if TYPE_CHECKING:
        rendition: "Rendition"

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scan_state__in=ScanState.values), name="file_scan_state_is_known"
            ),
            models.CheckConstraint(condition=Q(size__gte=0), name="file_size_is_not_negative"),
        ]
        indexes = [
            models.Index(
                "scan_due_at", name="file_scan_due", condition=Q(scan_due_at__isnull=False)
            ),
            models.Index("created_at", name="file_drafts", condition=~Q(draft_session="")),
            models.Index("uploaded_by", "created_at", name="file_uploads_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_held(self) -> bool:
        """Nobody but the one who uploaded it gets it."""
        return self.scan_state in {ScanState.NOT_SCANNED, ScanState.INFECTED}

    @property
    def is_raster(self) -> bool:
        """A picture that can be shown once it is drawn anew."""
        return self.content_type in RASTER_TYPES


class Rendition(models.Model):
    """A picture drawn anew from a file: the only thing that is ever shown inline."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        READY = "ready", "Ready"
        REFUSED = "refused", "Not a picture that can be shown"

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="rendition")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=100, blank=True)
    content_type = models.CharField(max_length=20, blank=True)
    size = models.BigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "ready", "refused"]),
                name="rendition_state_is_known",
            ),
            models.UniqueConstraint("key", name="rendition_key_once", condition=~Q(key="")),
        ]
        indexes = [
            models.Index("due_at", name="rendition_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"rendition of {self.file_id}"
