"""The report of promises: by month, target, priority, organisation, and why."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.prioritising import change_priority
from cases.reports import promises
from cases.reports.promises import Kept, Narrowing
from cases.sla import sweeping
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message, a_policy
from tests.cases.sla.logs import on

ALL = Narrowing()


@pytest.fixture
def week(ada: Person, carla: Person, gil: Person) -> None:
    """Acme was answered in time, Globex was not; Acme wrote again and waits."""
    answered = a_case(carla, at=on("Mon 09:00"))
    a_message(answered, by=ada, at=on("Mon 10:00"))
    a_case(gil, at=on("Mon 09:00"), subject="Cannot print")
    sweeping.sweep(now=on("Wed 09:00"))


@pytest.mark.usefixtures("week")
def test_each_table_counts_the_same_promises() -> None:
    assert promises.by_month(ALL) == [Kept("May 2026", 1, 1)]
    assert promises.by_target(ALL) == [Kept("First response", 1, 1)]
    assert promises.by_priority(ALL) == [Kept("Medium", 1, 1)]


@pytest.mark.usefixtures("week")
def test_organisations_stand_with_the_most_misses_first(carla: Person, gil: Person) -> None:
    assert promises.by_organisation(ALL) == [
        Kept("Globex", 0, 1, gil.organisation_id),
        Kept("Acme", 1, 0, carla.organisation_id),
    ]


@pytest.mark.usefixtures("week")
def test_a_report_can_be_narrowed(carla: Person) -> None:
    assert promises.by_target(Narrowing(date(2026, 6, 1))) == []
    of_acme = Narrowing(organisation_id=carla.organisation_id)
    assert promises.by_target(of_acme) == [Kept("First response", 1, 0)]


def test_a_miss_stands_with_the_reasons_on_record(ada: Person, carla: Person) -> None:
    a_policy("high", name="High", first_response="4 hours")
    case = a_case(carla, at=on("Mon 09:00"))
    change_priority(case, "high", by=Actor.of(carla), at=on("Mon 10:00"))
    sweeping.sweep(now=on("Wed 09:00"))
    (miss,) = promises.latest_misses(ada, ALL)
    assert (miss.case, miss.metric, miss.answered_at) == (case, "First response", None)
    assert miss.reasons == ["Carla Rossi: The priority is now High."]


@pytest.mark.usefixtures("week")
def test_the_spreadsheet_has_each_figure() -> None:
    assert list(promises.csv_rows()) == [
        ("month", "target", "priority", "organisation", "met", "missed"),
        ("2026-05", "first_response", "medium", "Acme", "1", "0"),
        ("2026-05", "first_response", "medium", "Globex", "0", "1"),
    ]


@pytest.mark.parametrize(
    ("who", "status"),
    [("lea", 200), ("root", 200), ("ada", 404), ("carla", 404), ("cem", 404), ("gil", 404)],
)
@pytest.mark.parametrize("page", ["promise-report", "promise-report-csv"])
def test_leads_alone_read_the_report(
    page: str,
    who: str,
    status: int,
    request: pytest.FixtureRequest,
    client_as: Callable[[Person], Client],
) -> None:
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(reverse(f"console:{page}")).status_code == status


@pytest.mark.usefixtures("week")
def test_the_page_shows_the_tables_and_the_misses(
    lea: Person, client_as: Callable[[Person], Client]
) -> None:
    shown = client_as(lea).get(reverse("console:promise-report"), {"month": "2026-05"}).text
    assert "Cannot print" in shown
    assert "May 2026" in shown


def test_an_odd_address_is_read_as_no_narrowing(
    lea: Person, client_as: Callable[[Person], Client]
) -> None:
    odd = {"month": "2026-99", "organisation": "x" * 30}
    assert client_as(lea).get(reverse("console:promise-report"), odd).status_code == 200
