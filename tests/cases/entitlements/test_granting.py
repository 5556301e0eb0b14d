"""Giving packages and add-ons: days, periods, overlaps, ends, and the sweep."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.entitlements import granting, ledger
from cases.entitlements.models import Entitlement, Grant, Movement
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Organisation
from tests.cases.entitlements.desk import (
    MAY_1,
    MAY_31,
    NOW,
    a_package,
    consultation,
    gave,
    held,
)

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 2, tzinfo=UTC)


def sweep(now: datetime) -> None:
    granting.grant_what_is_due(now=now)
    granting.expire_what_is_over(now=now)


def test_a_package_grants_the_minutes_of_the_period_that_runs(acme: Organisation) -> None:
    gave(acme, a_package())
    grant = Grant.objects.get()
    assert (grant.available, grant.expires_at) == (120, datetime(2026, 5, 31, 14, tzinfo=UTC))
    assert Movement.objects.get().why == "Premium: to use until 31 May 2026"


def test_the_next_period_begins_with_fresh_minutes_and_the_old_ones_expire(
    acme: Organisation,
) -> None:
    gave(acme, a_package())
    held(acme, 30)
    sweep(JUNE)
    assert ledger.available(acme.pk) == 120
    assert list(Movement.objects.order_by("pk").values_list("kind", "change")) == [
        ("grant", 120),
        ("hold", -30),
        ("grant", 120),
        ("expire", -90),
    ]


def test_a_second_sweep_finds_nothing_to_do(acme: Organisation) -> None:
    gave(acme, a_package())
    sweep(JUNE)
    before = Movement.objects.count()
    sweep(JUNE)
    assert Movement.objects.count() == before


def test_periods_that_passed_while_no_worker_lived_are_not_granted(acme: Organisation) -> None:
    gave(acme, a_package())
    sweep(datetime(2026, 9, 2, tzinfo=UTC))
    starts = [grant.starts_at.date() for grant in Grant.objects.order_by("starts_at")]
    assert starts == [date(2026, 4, 30), date(2026, 8, 31)]
    assert ledger.available(acme.pk) == 120


def test_what_begins_later_is_granted_when_it_begins(acme: Organisation) -> None:
    consultation(acme, 60, since=date(2026, 6, 1))
    assert ledger.available(acme.pk) == 0
    sweep(JUNE)
    assert ledger.available(acme.pk) == 60


def test_the_last_period_ends_with_the_contract(acme: Organisation) -> None:
    gave(acme, a_package(), until=date(2026, 6, 14))
    sweep(JUNE)
    assert ledger.payable(acme.pk, 120, now=JUNE).until == datetime(2026, 6, 14, 14, tzinfo=UTC)
    sweep(JUNE + timedelta(days=40))
    assert ledger.available(acme.pk) == 0
    assert Entitlement.objects.get().next_grant_at is None


def test_minutes_for_the_whole_term_are_granted_once(acme: Organisation) -> None:
    gave(acme, a_package(period="term"), until=date(2026, 12, 31))
    sweep(JUNE)
    assert Grant.objects.count() == 1
    assert ledger.available(acme.pk) == 120


def test_a_package_without_minutes_grants_nothing(acme: Organisation) -> None:
    gave(acme, a_package("Essential", has_phone_support=False, minutes_per_period=0))
    sweep(JUNE)
    assert Movement.objects.count() == 0


def test_the_same_package_twice_on_one_day_is_refused(acme: Organisation) -> None:
    package = a_package()
    gave(acme, package, until=MAY_31)
    with pytest.raises(
        granting.EntitlementRefused, match="holds Premium from 1 May 2026 to 31 May"
    ):
        gave(acme, package, since=MAY_31)
    assert Entitlement.objects.count() == 1


def test_the_same_package_may_follow_itself(acme: Organisation) -> None:
    package = a_package()
    gave(acme, package, until=MAY_31)
    gave(acme, package, since=date(2026, 6, 1))
    assert Entitlement.objects.count() == 2


def test_two_packages_side_by_side_add_up(acme: Organisation) -> None:
    gave(acme, a_package())
    gave(acme, a_package("Gold", minutes_per_period=60))
    assert ledger.available(acme.pk) == 180


def test_what_ends_today_can_no_longer_be_booked_but_calls_stay(acme: Organisation) -> None:
    entitlement = gave(acme, a_package())
    held(acme, 30)
    granting.change_end(entitlement, date(2026, 5, 11), by=SYSTEM, now=NOW)
    grant = Grant.objects.get()
    assert (grant.available, grant.held, grant.expired) == (0, 30, 90)


def test_a_longer_contract_goes_on_granting(acme: Organisation) -> None:
    entitlement = gave(acme, a_package(), until=MAY_31)
    sweep(JUNE)
    assert ledger.available(acme.pk) == 0
    granting.change_end(entitlement, date(2026, 12, 31), by=SYSTEM, now=JUNE)
    assert ledger.available(acme.pk) == 120


def test_minutes_that_run_on_longer_expire_later(acme: Organisation) -> None:
    entitlement = consultation(acme, 60, until=MAY_31)
    granting.change_end(entitlement, None, by=SYSTEM, now=NOW)
    assert Grant.objects.get().expires_at is None


def test_a_move_of_the_organisation_changes_no_contract(acme: Organisation) -> None:
    entitlement = gave(acme, a_package(), since=MAY_1)
    acme.time_zone = "America/Chicago"
    acme.save()
    sweep(JUNE)
    entitlement.refresh_from_db()
    assert entitlement.next_grant_at == datetime(2026, 6, 30, 14, tzinfo=UTC)
