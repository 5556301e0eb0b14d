"""What a client sees of a critical case, and outside office hours of another."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from cases.actions.moving import move
from cases.lifecycle import Move
from cases.oncall import paging
from helpdesk.calendars.models import Calendar
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case, a_message, a_note, a_policy
from tests.cases.oncall.desk import NIGHT, a_page, a_rota, after, rung
from tests.helpdesk.calendars.desk import a_calendar

Browser = Callable[[Person], Client]


@pytest.fixture
def clocks(db: None) -> Calendar:
    office = a_calendar("office")
    around = a_calendar("around", daily="00:00-24:00")
    a_policy("critical", first_response="2 hours", calendar=around)
    a_policy("medium", first_response="8 hours")
    return office


@pytest.fixture
def carlas(client_as: Browser, carla: Person) -> Client:
    with time_machine.travel(after(10), tick=False):
        return client_as(carla)


@time_machine.travel(after(10), tick=False)
def test_the_client_reads_how_long_and_who_was_called(
    clocks: Calendar, carlas: Client, carla: Person, ada: Person, ben: Person
) -> None:
    a_rota(primary=ada, secondary=ben)
    page = a_page(carla)
    rung(0)
    rung(5)
    paging.acknowledge(page, by=ben, at=after(8))
    shown = carlas.get(f"/cases/{page.case.shown_number}/").text
    assert 'data-countdown="2026-07-02T04:14:00+10:00">1\N{NO-BREAK SPACE}h 50' in shown
    assert "We called the engineer on call (primary)." in shown
    assert "We called the engineer on call (secondary)." in shown
    assert "Ben Okri took the call." in shown
    assert ada.email not in shown


@time_machine.travel(after(10), tick=False)
def test_the_countdown_ends_with_the_answer(
    clocks: Calendar, carlas: Client, carla: Person, ada: Person
) -> None:
    page = a_page(carla)
    a_message(page.case, by=ada, at=after(9))
    assert "data-countdown" not in carlas.get(f"/cases/{page.case.shown_number}/").text


@time_machine.travel(after(10), tick=False)
def test_outside_office_hours_the_client_reads_when_we_open_and_what_else_to_do(
    clocks: Calendar, carlas: Client, carla: Person, acme: Organisation
) -> None:
    acme.region.emergency_phone = "+61 3 5550 0199"
    acme.region.save()
    case = a_case(carla, at=NIGHT)
    shown = carlas.get(f"/cases/{case.shown_number}/?opened=1").text
    assert "Our office is closed now. It opens Thu 2 Jul, 09:00 (Melbourne)." in shown
    assert "or call +61 3 5550 0199: then somebody is called at any hour." in shown


@time_machine.travel(datetime(2026, 7, 2, 1, 0, tzinfo=UTC), tick=False)
def test_in_office_hours_nothing_is_said(
    clocks: Calendar, client_as: Browser, carla: Person
) -> None:
    case = a_case(carla, at=NIGHT)
    assert "Our office is" not in client_as(carla).get(f"/cases/{case.shown_number}/?opened=1").text


@time_machine.travel(after(60), tick=False)
def test_the_report_for_the_client_holds_nothing_internal(
    clocks: Calendar, client_as: Browser, carla: Person, ada: Person
) -> None:
    a_rota(primary=ada)
    page = a_page(carla, characteristics=("hangs",))
    rung(0)
    a_note(page.case, by=ada, text="They never pay in time.", at=after(2))
    a_message(page.case, by=ada, text="We restarted it.", at=after(30))
    move(page.case, Move.RESOLVE, by=Actor.of(ada), at=after(45))
    shown = client_as(carla).get(f"/cases/{page.case.shown_number}/incident/").text
    assert "We called the engineer on call (Primary)." in shown
    assert "We restarted it." in shown
    assert "30\N{NO-BREAK SPACE}min" in shown
    assert "never pay" not in shown
    assert ada.email not in shown


@time_machine.travel(after(60), tick=False)
def test_ours_read_the_clients_report_in_the_help_center_and_their_own_in_the_console(
    clocks: Calendar, client_as: Browser, carla: Person, ada: Person
) -> None:
    a_rota(primary=ada)
    page = a_page(carla)
    rung(0)
    a_note(page.case, by=ada, text="They never pay in time.", at=after(2))
    browser = client_as(ada)
    number = page.case.shown_number
    assert "never pay" not in browser.get(f"/cases/{number}/incident/").text
    ours = browser.get(f"/console/cases/{number}/incident/").text
    assert "never pay" in ours
    assert f"E-mail: {ada.email}" in ours
