"""What the API keeps: tokens, and the keys of requests that were carried out."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

SHA256_HEX = r"^[0-9a-f]{64}$"


class ApiToken(models.Model):
    """Lets other software act as one person. Only its hash is kept; it is shown once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=100, help_text="What uses it, such as “Acme's shop”.")
    hash = models.CharField(max_length=64, unique=True, editable=False)
    is_read_only = models.BooleanField("read only", default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "API token"
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(hash__regex=SHA256_HEX), name="token_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.person}"

    def is_alive(self, *, now: datetime) -> bool:
        """Whether it lets in at `now`, as far as the token itself goes."""
        return self.revoked_at is None and now < self.expires_at


class UsedKey(models.Model):
    """An `Idempotency-Key` that a person's software sent, and what came of that request."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    result_id = models.BigIntegerField(null=True)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "key", name="key_once_a_person"),
        ]

    def __str__(self) -> str:
        return self.key
