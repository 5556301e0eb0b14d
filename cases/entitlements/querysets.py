"""The query words for what organisations hold."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from helpdesk.people.models import Person, Role

if TYPE_CHECKING:
    # ruff does not see names in the quotes of a base class.
    from cases.entitlements.models import Entitlement, Grant, Movement  # noqa: F401


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    """Words that say which entitlements."""

    def valid_at(self, at: datetime) -> Self:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)

    def with_minutes_to_grant(self, now: datetime) -> Self:
        """Those whose next period has begun."""
        return self.filter(next_grant_at__lte=now)


class GrantQuerySet(models.QuerySet["Grant"]):
    """Words that say which minutes."""

    def usable(self, *, at: datetime) -> Self:
        """Those with something left at `at`, what expires first in front."""
        left = self.filter(Q(expires_at=None) | Q(expires_at__gt=at), available__gt=0)
        return left.order_by(F("expires_at").asc(nulls_last=True), "pk")

    def to_expire(self, now: datetime) -> Self:
        return self.filter(available__gt=0, expires_at__lte=now).order_by("expires_at", "pk")


class MovementQuerySet(models.QuerySet["Movement"]):
    """Words that say which movements."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The statement is for those who answer for it: ours, and the client's own managers."""
        if not isinstance(person, Person) or not person.is_active:
            return self.none()
        if person.is_staff_member:
            return self
        if person.role != Role.CLIENT_MANAGER or person.organisation_id is None:
            return self.none()
        return self.filter(organisation=person.organisation_id)
