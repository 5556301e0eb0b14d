"""Packages and minutes for tests, through the ordinary doors."""

from datetime import UTC, date, datetime
from typing import Any

from cases.entitlements import granting, ledger
from cases.entitlements.ledger import Note
from cases.entitlements.models import AddOn, Entitlement, Movement, SupportPackage
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Organisation

NOW = datetime(2026, 5, 12, 2, tzinfo=UTC)
"""Tuesday 12 May 2026, noon in Melbourne."""
MAY_1, MAY_31 = date(2026, 5, 1), date(2026, 5, 31)


def a_package(name: str = "Premium", **facts: object) -> SupportPackage:
    """Phone support and two hours a month, unless `facts` say otherwise."""
    defaults = {"has_phone_support": True, "minutes_per_period": 120}
    return SupportPackage.objects.create(name=name, **(defaults | facts))


def gave(
    organisation: Organisation,
    product: SupportPackage | AddOn,
    *,
    since: date = MAY_1,
    until: date | None = None,
    minutes: int | None = None,
    now: datetime = NOW,
) -> Entitlement:
    """The organisation holds the product; its minutes are granted as far as they are due."""
    package = product if isinstance(product, SupportPackage) else None
    add_on = product if isinstance(product, AddOn) else None
    usual = package.minutes_per_period if package else add_on.minutes if add_on else 0
    entitlement = Entitlement(
        organisation=organisation,
        package=package,
        add_on=add_on,
        minutes=usual if minutes is None else minutes,
        valid_from=since,
        valid_until=until,
    )
    return granting.begin(entitlement, by=SYSTEM, now=now)


def consultation(organisation: Organisation, minutes: int = 60, **when: Any) -> Entitlement:
    """The organisation bought so many minutes apart."""
    add_on = AddOn.objects.get_or_create(name="Support consultation")[0]
    return gave(organisation, add_on, minutes=minutes, **when)


def note(why: str = "A test", at: datetime = NOW) -> Note:
    return Note(why=why, by=SYSTEM, at=at)


def held(organisation: Organisation, minutes: int, *, for_time: datetime = NOW) -> Movement:
    return ledger.hold(organisation.pk, minutes, for_time=for_time, note=note("A call"))
