"""My cases: filters, saved views, and the table to take away."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from django.test import Client

from cases.models import Case
from cases.portal import exporting
from cases.saved.models import SavedView
from helpdesk.people.models import Person
from tests.builders import a_case

Browser = Callable[[Person], Client]


def numbers(browser: Client, address: str) -> list[str]:
    return [case.shown_number for case, _ in browser.get(address).context["rows"]]


def table(browser: Client, address: str = "/cases/export/") -> list[list[str]]:
    answer = browser.get(address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(StringIO(text)))


def test_a_manager_tells_own_cases_from_those_of_colleagues(
    client_as: Browser, carla: Person, cem: Person
) -> None:
    hers, his = a_case(carla), a_case(cem)
    browser = client_as(cem)
    assert numbers(browser, "/cases/?whose=mine") == [his.shown_number]
    assert numbers(browser, "/cases/?whose=followed") == [hers.shown_number]


def test_the_list_is_narrowed_by_priority(client_as: Browser, carla: Person) -> None:
    urgent = a_case(carla, priority="high")
    a_case(carla)
    assert numbers(client_as(carla), "/cases/?priority=high") == [urgent.shown_number]


def test_a_filter_that_is_not_known_is_left_out(client_as: Browser, carla: Person) -> None:
    case = a_case(carla)
    assert numbers(client_as(carla), "/cases/?priority=urgent&whose=theirs") == [case.shown_number]


def test_a_filter_stays_from_tab_to_tab(client_as: Browser, carla: Person) -> None:
    page = client_as(carla).get("/cases/?priority=high")
    assert 'href="?state=waiting&amp;priority=high"' in page.text


def test_a_saved_view_stands_above_the_list(client_as: Browser, carla: Person) -> None:
    browser = client_as(carla)
    answer = browser.post("/cases/views/", {"name": "Urgent", "state": "all", "priority": "high"})
    assert answer["Location"] == "/cases/?state=all&priority=high"
    assert 'href="/cases/?state=all&amp;priority=high"' in browser.get("/cases/").text


def test_a_view_without_a_name_is_explained(client_as: Browser, carla: Person) -> None:
    answer = client_as(carla).post("/cases/views/", {"state": "all"}, follow=True)
    assert "Give the view a name" in answer.text
    assert not SavedView.objects.exists()


def test_a_view_is_removed(client_as: Browser, carla: Person) -> None:
    browser = client_as(carla)
    browser.post("/cases/views/", {"name": "Urgent"})
    browser.post(f"/cases/views/{SavedView.objects.get().pk}/removal/")
    assert not SavedView.objects.exists()


def test_the_table_has_every_case_of_the_list(client_as: Browser, carla: Person) -> None:
    urgent = a_case(carla, priority="high", subject='Say "hello", again')
    a_case(carla)
    rows = table(client_as(carla), "/cases/export/?priority=high")
    assert [row[:4] for row in rows] == [
        ["Number", "Subject", "State", "Priority"],
        [urgent.shown_number, 'Say "hello", again', "Received", "High"],
    ]


def test_the_table_has_no_case_of_another_organisation(
    client_as: Browser, carla: Person, gil: Person
) -> None:
    a_case(carla)
    assert len(table(client_as(gil), "/cases/export/?state=all")) == 1


def test_nothing_in_the_table_runs_as_a_formula(client_as: Browser, carla: Person) -> None:
    a_case(carla, subject="=HYPERLINK(0)")
    assert table(client_as(carla))[1][1] == "'=HYPERLINK(0)"


def test_the_table_says_when_it_ends_early(
    client_as: Browser, carla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_CASES", 3)
    monkeypatch.setattr(exporting, "BATCH", 2)
    for _ in range(4):
        a_case(carla)
    newest = list(Case.objects.order_by("-updated_at", "-pk")[:3])
    rows = table(client_as(carla))
    assert [row[0] for row in rows[1:4]] == [case.shown_number for case in newest]
    assert rows[4] == ["Only the newest 3 cases are in this file."]
