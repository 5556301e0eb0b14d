"""The query words for people."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from helpdesk.people.models import Person


class PersonQuerySet(models.QuerySet["Person"]):
    """Words that say which people."""

    def active(self) -> Self:
        return self.filter(is_active=True)

    def staff(self) -> Self:
        return self.active().filter(role__in=["agent", "lead", "administrator"])

    def leads(self) -> Self:
        return self.active().filter(role__in=["lead", "administrator"])

    def named(self, login: str) -> Self:
        """Match a user name or an e-mail address; letter case never matters.

        Should one person's user name be another's address, the address comes first.
        """
        key = login.strip().lower()
        return (
            self.alias(username_key=Lower("username"), email_key=Lower("email"))
            .filter(models.Q(username_key=key) | models.Q(email_key=key))
            .order_by(models.Case(models.When(email_key=key, then=0), default=1))
        )

    def with_email(self, address: str) -> Self:
        return self.alias(email_key=Lower("email")).filter(email_key=address.strip().lower())


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes people; everything else is in the query set's words."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Whoever signs in as `username`. Raises Person.DoesNotExist."""
        person: Person | None = self.named(username or "").first()
        if person is None:
            raise self.model.DoesNotExist
        return person

    def create_user(
        self, username: str, email: str, password: str | None = None, **fields: Any
    ) -> "Person":
        """Make a person; without `password` nobody can sign in as them yet."""
        person: Person = self.model(username=username, email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(
        self, username: str, email: str, password: str | None = None, **fields: Any
    ) -> "Person":
        """Make an administrator."""
        fields["role"] = "administrator"
        return self.create_user(username, email, password, **fields)
