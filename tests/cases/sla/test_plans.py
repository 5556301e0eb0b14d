"""Which policy fits a case, and what it promises on which calendar."""

from datetime import date

import pytest

from cases.models import Priority
from cases.sla import reassessing
from cases.sla.editions import business_day_seconds
from cases.sla.metrics import Metric
from cases.sla.models import SlaPolicy, SlaTimer
from cases.sla.plans import Plan, plans_by_priority
from helpdesk.calendars.models import Calendar, Region
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case, a_policy
from tests.cases.entitlements.desk import a_package, gave
from tests.cases.sla.logs import HOUR, on
from tests.helpdesk.calendars.desk import LONG_AGO, publish
from tests.helpdesk.calendars.schedules import a_schedule

pytestmark = pytest.mark.usefixtures("office")
FIRST = Metric.FIRST_RESPONSE


def plan(
    organisation: Organisation | None = None, *, case_type: str = "question", metric: Metric = FIRST
) -> Plan | None:
    """The plan of a medium case on Tuesday at noon."""
    plans = plans_by_priority(
        ["medium"],
        organisation_id=None if organisation is None else organisation.pk,
        type=case_type,
        at=on("Tue 12:00"),
    )
    return plans.get("medium", {}).get(metric)


def policy_of(organisation: Organisation | None = None, *, case_type: str = "question") -> str:
    found = plan(organisation, case_type=case_type)
    return "" if found is None else found.policy_name


def test_without_a_policy_nothing_is_promised() -> None:
    assert plan() is None


def test_an_inactive_policy_promises_nothing() -> None:
    a_policy("medium", first_response="4 hours", is_active=False)
    assert plan() is None


def test_an_organisations_own_policy_goes_before_every_other(acme: Organisation) -> None:
    a_policy("medium", name="All", first_response="4 hours")
    a_policy("medium", name="Types", first_response="4 hours", type="question", region=acme.region)
    a_policy("medium", name="Acme", first_response="4 hours", organisation=acme, position=9)
    assert policy_of(acme) == "Acme"


def test_a_policy_for_the_type_goes_before_one_for_the_region(acme: Organisation) -> None:
    a_policy("medium", name="Victoria", first_response="4 hours", region=acme.region)
    a_policy("medium", name="Questions", first_response="4 hours", type="question", position=9)
    assert policy_of(acme) == "Questions"
    assert policy_of(acme, case_type="problem") == "Victoria"


def test_among_equals_the_lower_position_wins(acme: Organisation) -> None:
    a_policy("medium", name="Second", first_response="4 hours", position=2)
    a_policy("medium", name="First", first_response="4 hours", position=1)
    assert policy_of(acme) == "First"


def test_the_policy_of_another_organisation_does_not_fit(
    acme: Organisation, globex: Organisation
) -> None:
    a_policy("medium", first_response="4 hours", organisation=globex)
    assert plan(acme) is None
    assert plan() is None


def test_the_best_policy_alone_decides_even_if_it_promises_nothing(acme: Organisation) -> None:
    a_policy("medium", name="All", first_response="4 hours")
    a_policy("medium", name="Without", organisation=acme)
    assert plan(acme) is None


def test_a_target_may_have_a_calendar_of_its_own(round_the_clock: Calendar) -> None:
    policy = a_policy("medium", first_response="4 hours", next_response="4 hours")
    policy.targets.filter(metric="next_response").update(calendar=round_the_clock)
    first, following = plan(), plan(metric=Metric.NEXT_RESPONSE)
    assert first is not None
    assert following is not None
    assert first.target_words == "4 business hours"
    assert following.target_words == "4 hours, round the clock"


def test_the_policys_calendar_goes_before_the_regions(
    acme: Organisation, round_the_clock: Calendar
) -> None:
    a_policy("medium", first_response="1 days", calendar=round_the_clock)
    found = plan(acme)
    assert found is not None
    assert found.calendar_id == round_the_clock.pk


def test_clients_run_on_the_office_hours_of_their_region(acme: Organisation) -> None:
    """`sla.md` 3.6."""
    auckland = Region.objects.create(
        code="nz", name="New Zealand", country="NZ", time_zone="Pacific/Auckland"
    )
    nz_office = Calendar.objects.create(
        slug="nz-office", name="NZ office", region=auckland, time_zone="Pacific/Auckland"
    )
    publish(nz_office, LONG_AGO, mon_fri="09:00-17:00")
    Organisation.objects.filter(pk=acme.pk).update(region=auckland)
    a_policy("medium", first_response="4 hours")
    found = plan(acme)
    assert found is not None
    assert (found.zone, found.due_at(on("Tue 12:00"))) == ("Pacific/Auckland", on("Wed 08:00"))


def test_clients_of_a_region_without_an_office_run_on_ours(
    acme: Organisation, office: Calendar
) -> None:
    elsewhere = Region.objects.create(
        code="us", name="United States", country="US", time_zone="America/New_York"
    )
    Organisation.objects.filter(pk=acme.pk).update(region=elsewhere)
    a_policy("medium", first_response="4 hours")
    found = plan(acme)
    assert found is not None
    assert found.calendar_id == office.pk


def test_a_target_on_a_calendar_without_hours_is_left_out() -> None:
    empty = Calendar.objects.create(
        slug="empty", name="Empty", observes_holidays=False, time_zone="Australia/Melbourne"
    )
    a_policy("medium", first_response="4 hours", calendar=empty)
    assert plan() is None


@pytest.mark.parametrize(
    ("words", "seconds", "told"),
    [
        ("30 minutes", 1_800, "30 business minutes"),
        ("1 hours", HOUR, "1 business hour"),
        ("2 days", 16 * HOUR, "2 business days"),
    ],
)
def test_targets_are_told_as_they_are_entered(words: str, seconds: int, told: str) -> None:
    a_policy("medium", first_response=words)
    found = plan()
    assert found is not None
    assert (found.target_seconds, found.target_words) == (seconds, told)


@pytest.mark.parametrize(
    ("hours", "day"),
    [
        ({"mon_fri": "09:00-17:00"}, 8),
        ({"daily": "00:00-24:00"}, 24),
        ({"mon_fri": "09:00-17:00", "thu": "09:00-21:00"}, 8),
        ({"mon_fri": "09:00-12:30, 13:30-17:30"}, 7.5),
        ({"mon": "09:00-17:00", "tue": "09:00-13:00"}, 4),
        ({}, 0),
    ],
)
def test_a_business_day_is_as_long_as_most_days(hours: dict[str, str], day: float) -> None:
    weekly = a_schedule(**hours).weekly  # type: ignore[arg-type]
    assert business_day_seconds(weekly) == day * HOUR


def test_all_priorities_are_found_in_one_query(django_assert_num_queries: object) -> None:
    for priority in Priority.values:
        a_policy(priority, first_response="4 hours")
    plan()
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = plans_by_priority(Priority.values, organisation_id=None, at=on("Tue 12:00"))
    assert set(found) == set(Priority.values)


def test_the_length_of_a_day_follows_the_hours_that_hold(office: Calendar) -> None:
    a_policy("medium", first_response="1 days")
    publish(office, on("Mon 00:00"), mon_fri="09:00-15:00")
    found = plan()
    assert found is not None
    assert found.target_seconds == 6 * HOUR
    assert SlaPolicy.objects.count() == 1


def test_a_policy_for_a_package_fits_those_who_hold_it(
    acme: Organisation, globex: Organisation
) -> None:
    package = a_package()
    gave(acme, package)
    a_policy("medium", name="All", first_response="8 hours")
    a_policy("medium", name="Questions", first_response="6 hours", type="question")
    a_policy("medium", name="Premium", first_response="4 hours", package=package, position=9)
    assert (policy_of(acme), policy_of(globex)) == ("Premium", "Questions")


def test_a_policy_for_an_organisation_goes_before_one_for_its_package(acme: Organisation) -> None:
    package = a_package()
    gave(acme, package)
    a_policy("medium", name="Premium", first_response="4 hours", package=package)
    a_policy("medium", name="Acme", first_response="2 hours", organisation=acme, position=9)
    assert policy_of(acme) == "Acme"


def test_a_package_that_is_over_promises_nothing_any_more(acme: Organisation) -> None:
    package = a_package()
    gave(acme, package, until=date(2026, 5, 11))
    a_policy("medium", name="Premium", first_response="4 hours", package=package)
    assert policy_of(acme) == ""


def test_open_promises_follow_when_a_package_begins(acme: Organisation, carla: Person) -> None:
    package = a_package()
    a_policy("medium", name="All", first_response="8 hours")
    a_policy("medium", name="Premium", first_response="4 hours", package=package)
    case = a_case(carla, at=on("Tue 12:00"))
    reassessing.follow_packages(now=on("Tue 12:00"))
    gave(acme, package, since=date(2026, 5, 13))
    assert reassessing.follow_packages(now=on("Wed 09:00")) == 1
    reassessing.reassess_edited()
    assert SlaTimer.objects.get(case=case).policy.name == "Premium"
