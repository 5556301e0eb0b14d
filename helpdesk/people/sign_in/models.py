"""What sign-in keeps: links to set a password, who asked for one, limits, sign-on providers."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from helpdesk.people.sign_in.validating import validate_issuer

SHA256_HEX = r"^[0-9a-f]{64}$"


class PasswordLink(models.Model):
    """A link with which one person may choose a password, once. Only its hash is kept."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        FIRST_TIME = "first_time", "First time here"
        FORGOTTEN = "forgotten", "Forgotten password"

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="password_links"
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    address = models.EmailField(
        max_length=254, help_text="Where it was sent: it dies when the person's address changes."
    )
    password_mark = models.CharField(
        max_length=64, help_text="Fingerprint of the password it replaces: it dies with that."
    )
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash__regex=SHA256_HEX), name="password_link_has_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} for {self.person}"


class LinkRequest(models.Model):
    """Somebody typed an address and asked for a link. Looked up later, away from the request:
    so the page takes the same time whether we know the address or not.
    """

    address = models.EmailField(max_length=254)
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.address


class Throttle(models.Model):
    """When something limited was tried lately. `key` is a hash: nobody's address is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    tries = ArrayField(models.DateTimeField())
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class SignOnProvider(models.Model):
    """An OpenID Connect provider whose button people of one region see."""

    region = models.ForeignKey(
        "calendars.Region", on_delete=models.PROTECT, related_name="sign_on_providers"
    )
    name = models.CharField(
        max_length=60, help_text="As on the button: “Acme ID” reads “Sign in with Acme ID”."
    )
    slug = models.SlugField(
        max_length=60,
        unique=True,
        help_text="Short and stable, part of the address that the provider must call back.",
    )
    issuer = models.CharField(
        max_length=300,
        validators=[validate_issuer],
        help_text="The provider's address exactly as it names itself, such as "
        "https://login.acme.example. It cannot change later: accounts are known by it.",
    )
    client_id = models.CharField("client ID", max_length=200)
    sealed_secret = models.TextField(blank=True, editable=False)
    email_domains = models.ManyToManyField(
        "people.EmailDomain",
        related_name="sign_on_providers",
        help_text="The provider may speak for addresses of these domains and no others.",
    )
    is_active = models.BooleanField("offered", default=False)

    class Meta:
        ordering = ["region", "name"]
        verbose_name = "sign-on provider"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "region",
                Lower("name"),
                name="sign_on_provider_has_its_own_name",
                violation_error_message="This region has a provider of that name already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.region})"

    def clean(self) -> None:
        super().clean()
        before = SignOnProvider.objects.filter(pk=self.pk).values("issuer", "slug").first()
        if before and (before["issuer"], before["slug"]) != (self.issuer, self.slug):
            raise ValidationError(
                "Issuer and slug cannot change: accounts are known by them. Add another provider."
            )
