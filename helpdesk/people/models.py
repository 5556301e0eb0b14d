"""Who there is: organisations, persons and teams."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from helpdesk.people.names import initials_of
from helpdesk.people.querysets import PersonManager
from helpdesk.people.validating import validate_time_zone


class Role(models.TextChoices):
    """What somebody is in the desk; `cases/access.py` says what that allows."""

    CLIENT = "client", "Client"
    CLIENT_MANAGER = "client_manager", "Client manager"
    AGENT = "agent", "Agent"
    LEAD = "lead", "Lead"
    ADMINISTRATOR = "administrator", "Administrator"


CLIENT_ROLES = frozenset({Role.CLIENT, Role.CLIENT_MANAGER})
STAFF_ROLES = frozenset({Role.AGENT, Role.LEAD, Role.ADMINISTRATOR})
LEAD_ROLES = frozenset({Role.LEAD, Role.ADMINISTRATOR})


class Organisation(models.Model):
    """A client of the vendor. Its region decides calendar, holidays and ways to sign in."""

    name = models.CharField(max_length=200, unique=True)
    region = models.ForeignKey(
        "calendars.Region", on_delete=models.PROTECT, related_name="organisations"
    )
    time_zone = models.CharField(
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text="IANA name, such as Australia/Melbourne. Empty means the region's.",
    )
    shares_cases = models.BooleanField(
        default=False,
        help_text="Colleagues with an account see each other's cases.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EmailDomain(models.Model):
    """A mail domain that an organisation owns: who writes from it is its contact."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="email_domains"
    )
    domain = models.CharField(
        max_length=253,
        validators=[RegexValidator(r"^[a-z0-9.-]+\.[a-z0-9-]+$", "Write it like acme.example.")],
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("domain"), name="email_domain_has_one_owner"),
        ]

    def __str__(self) -> str:
        return self.domain


class Person(AbstractBaseUser):
    """Anybody the desk knows: a contact who only ever wrote a mail has no usable password.

    User name and e-mail address are unique whatever their letter case, in the database. The role
    is the only grant: there are no groups, no single permissions and no superusers beside it.
    """

    username = models.CharField(
        "user name",
        max_length=150,
        validators=[
            RegexValidator(
                r"^[\w.+@-]+$", "Use letters, digits and . + - _ @ in the user name, no spaces."
            )
        ],
    )
    email = models.EmailField("e-mail address", max_length=254)
    full_name = models.CharField("name", max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.CLIENT)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    phone = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text="Empty means the organisation's.",
    )
    language = models.CharField(max_length=10, blank=True, default="en-au")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised by one, it ends every session at once."
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["full_name", "username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="username_is_unique_in_any_case",
                violation_error_message="Somebody has this user name already.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="email_is_unique_in_any_case",
                violation_error_message="Somebody has this e-mail address already.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="person_role_is_known"
            ),
        ]
        indexes = [
            models.Index(
                "role", name="person_staff", condition=models.Q(role__in=sorted(STAFF_ROLES))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if "@" in self.username and self.username.lower() != self.email.lower():
            raise ValidationError(
                {"username": "A user name with an @ must be the person's own e-mail address."}
            )

    @property
    def name(self) -> str:
        """What to call them on screen and in mails."""
        return self.full_name or self.email or self.username

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def is_client(self) -> bool:
        return self.role in CLIENT_ROLES

    @property
    def is_staff_member(self) -> bool:
        """Agent, lead or administrator: one of ours."""
        return self.role in STAFF_ROLES

    @property
    def is_lead(self) -> bool:
        return self.role in LEAD_ROLES

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_staff(self) -> bool:
        """Django's admin lets in administrators only."""
        return self.is_administrator

    @property
    def is_superuser(self) -> bool:
        return self.is_administrator

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether Django's admin lets them do it: administrators everything, others nothing."""
        return self._may_administer

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        return self._may_administer

    def has_module_perms(self, app_label: str) -> bool:
        return self._may_administer

    @property
    def _may_administer(self) -> bool:
        return self.is_active and self.is_administrator

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django compares this on every request: another password or epoch ends the session.
        value = f"{self.password}|{self.session_epoch}"
        salt = "helpdesk.people.session"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class Team(models.Model):
    """Agents who share a queue."""

    name = models.CharField(max_length=100, unique=True)
    members = models.ManyToManyField(
        Person, related_name="teams", blank=True, limit_choices_to={"role__in": sorted(STAFF_ROLES)}
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
