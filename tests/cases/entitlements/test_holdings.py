"""What an organisation holds, and what it is told where it does not."""

from datetime import date

import pytest

from cases.entitlements.holdings import (
    Holdings,
    holdings_of,
    why_no_call,
    why_not_this_way,
)
from cases.models import Channel
from helpdesk.people.models import Organisation
from tests.cases.entitlements.desk import NOW, a_package, consultation, gave, held

pytestmark = pytest.mark.django_db
LAST_MONTH = date(2026, 4, 1)


def holdings(organisation: Organisation | None) -> Holdings:
    return holdings_of(organisation, now=NOW)


def essential(**facts: object) -> object:
    return a_package("Essential", has_phone_support=False, minutes_per_period=0, **facts)


def test_whoever_has_minutes_may_book(acme: Organisation) -> None:
    gave(acme, a_package())
    assert why_no_call(holdings(acme), minutes=60) == ""


def test_nobody_holds_nothing() -> None:
    told = why_no_call(holdings(None), minutes=30)
    assert told == "Your organisation holds no support package with calls."


def test_a_package_without_phone_support_is_named(acme: Organisation) -> None:
    gave(acme, essential())  # type: ignore[arg-type]
    told = why_no_call(holdings(acme), minutes=30)
    assert told == "Your package Essential does not include phone support."


def test_bought_hours_come_with_calls_whatever_the_package(acme: Organisation) -> None:
    gave(acme, essential())  # type: ignore[arg-type]
    consultation(acme)
    assert (holdings(acme).has_phone_support, why_no_call(holdings(acme), minutes=60)) == (True, "")


def test_a_package_that_has_ended_is_named(acme: Organisation) -> None:
    gave(acme, a_package(), since=LAST_MONTH, until=date(2026, 4, 30))
    told = why_no_call(holdings(acme), minutes=30)
    assert told == "Your package Premium has ended, and its minutes with it."


def test_too_few_minutes_are_counted(acme: Organisation) -> None:
    consultation(acme, 60)
    held(acme, 40)
    told = why_no_call(holdings(acme), minutes=30)
    assert told == "You have 20 minutes left; a call of 30 needs more."


def test_all_gone_is_said(acme: Organisation) -> None:
    consultation(acme, 60)
    held(acme, 60)
    assert why_no_call(holdings(acme), minutes=30) == "All your call minutes are booked or used."


def test_of_two_packages_the_organisation_has_the_best_of_each(acme: Organisation) -> None:
    gave(acme, essential(channels=[Channel.EMAIL]))  # type: ignore[arg-type]
    gave(acme, a_package(channels=[Channel.CHAT]))
    ours = holdings(acme)
    assert (ours.has_phone_support, ours.allows(Channel.CHAT), ours.allows(Channel.EMAIL)) == (
        True,
        True,
        True,
    )
    assert not ours.allows(Channel.PORTAL)


def test_without_a_package_no_way_is_shut(acme: Organisation) -> None:
    assert holdings(acme).allows(Channel.CHAT)


def test_the_next_minutes_are_announced(acme: Organisation) -> None:
    entitlement = gave(acme, a_package())
    assert holdings(acme).next_grant_at == entitlement.next_grant_at is not None


def test_a_way_that_is_not_included_is_told_with_what_to_do_instead(acme: Organisation) -> None:
    gave(acme, essential(channels=[Channel.PORTAL]))  # type: ignore[arg-type]
    assert why_not_this_way(holdings(acme), Channel.EMAIL) == (
        "We took it as a case all the same. Your package Essential does not include e-mail. "
        "Next time please use: Help Center."
    )
    assert why_not_this_way(holdings(acme), Channel.PORTAL) == ""
