"""Asking for a call in the Help Center, and what a package holds."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.calls.models import Call
from cases.entitlements.models import Movement
from cases.models import Case
from helpdesk.calendars.models import Calendar, Region
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case
from tests.cases.calls.desk import NOW, PHONE, at, booked
from tests.cases.entitlements.desk import a_package, gave

Browser = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def new(case: Case) -> str:
    return reverse("calls:new", args=[case.number])


def test_free_times_are_shown_in_the_readers_zone_with_the_desks_beside_them(
    case: Case, carla: Person, client_as: Browser
) -> None:
    carla.time_zone = "Pacific/Auckland"
    carla.save()
    page = client_as(carla).get(new(case))
    day = page.context["week"].days[1]
    assert (day.date, day.choices[0].clock, day.choices[0].at_desk) == (
        date(2026, 5, 13),
        "11:00",
        "09:00",
    )
    assert "Times are in your zone (Auckland)" in page.text


def test_a_call_is_booked_and_its_page_shown(case: Case, carla: Person, client_as: Browser) -> None:
    sent = {"starts_at": "2026-05-14T00:00:00Z", "phone": PHONE, "topic": "The report"}
    page = client_as(carla).post(new(case) + "?minutes=60", sent, follow=True)
    call = Call.objects.get()
    assert (call.starts_at, call.minutes, call.topic) == (at("Thu 10:00"), 60, "The report")
    assert "The call is booked." in page.text


def test_what_was_typed_survives_a_refusal(case: Case, carla: Person, client_as: Browser) -> None:
    booked(a_case(carla))
    sent = {"starts_at": "2026-05-14T00:00:00Z", "phone": PHONE, "topic": "About the report"}
    page = client_as(carla).post(new(case), sent)
    assert page.status_code == 422
    assert "That time has just been taken." in page.text
    assert f'value="{PHONE}"' in page.text
    assert "About the report" in page.text


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-13-45", "9999-12-31T23:59:59-12:00"])
def test_a_time_that_makes_no_sense_is_asked_for_again(
    case: Case, carla: Person, client_as: Browser, typed: str
) -> None:
    page = client_as(carla).post(new(case), {"starts_at": typed, "phone": PHONE})
    assert page.status_code == 422
    assert not Call.objects.exists()


def test_one_of_ours_books_for_the_client(case: Case, ada: Person, client_as: Browser) -> None:
    sent = {"starts_at": "2026-05-14T00:00:00Z", "phone": PHONE}
    client_as(ada).post(new(case), sent)
    assert Call.objects.get().client == case.client


def test_without_minutes_the_page_says_what_to_do_instead(
    office: Calendar, globex: Organisation, gil: Person, victoria: Region, client_as: Browser
) -> None:
    victoria.emergency_phone = "+61 3 5550 0911"
    victoria.save()
    essential = a_package("Essential", has_phone_support=False, minutes_per_period=0)
    gave(globex, essential)
    page = client_as(gil).get(new(a_case(gil)))
    assert "Your package Essential does not include phone support." in page.text
    assert "Ask your account manager" in page.text
    assert "call the emergency line +61 3 5550 0911" in page.text
    assert page.context["week"] is None


def test_the_case_offers_a_call_and_then_shows_it(
    case: Case, carla: Person, client_as: Browser
) -> None:
    browser, address = client_as(carla), reverse("portal:case", args=[case.number])
    assert "Ask for a call" in browser.get(address).text
    booked(case)
    shown = browser.get(address).text
    assert ("Your call" in shown, "Ask for a call" in shown) == (True, False)


def test_the_price_of_a_late_cancellation_is_said_before_it_is_pressed(
    case: Case, carla: Person, client_as: Browser, clock: time_machine.Traveller
) -> None:
    call = booked(case)
    address = reverse("calls:call", args=[call.uid])
    assert "you can move or cancel it freely" in client_as(carla).get(address).text
    clock.move_to(at("Thu 08:00"))
    assert "If you cancel now, 30 minutes count as used." in client_as(carla).get(address).text


def test_a_call_is_moved_and_cancelled(case: Case, carla: Person, client_as: Browser) -> None:
    call, browser = booked(case), client_as(carla)
    sent = {"starts_at": at("Fri 14:00").isoformat(), "sequence": 0}
    browser.post(reverse("calls:time", args=[call.uid]), sent)
    call.refresh_from_db()
    assert call.starts_at == at("Fri 14:00")
    browser.post(reverse("calls:cancellation", args=[call.uid]), {"reason": "Solved."})
    call.refresh_from_db()
    assert call.state == "cancelled"


def test_the_package_page_says_what_is_held_and_what_is_left(
    case: Case, acme: Organisation, carla: Person, client_as: Browser
) -> None:
    gave(acme, a_package())
    shown = client_as(carla).get(reverse("calls:package")).text
    assert "120 minutes every month" in shown
    assert "<strong>300</strong>" in shown


def test_the_statement_is_a_file_too_and_no_word_in_it_is_a_formula(
    case: Case, cem: Person, client_as: Browser
) -> None:
    booked(case)
    Movement.objects.bulk_create(
        [
            Movement(
                organisation=case.organisation,
                kind="grant",
                minutes=0,
                change=0,
                available_after=150,
                why='=HYPERLINK("http://evil.example")',
                at=NOW,
                actor_label="Ada",
            )
        ]
    )
    answer = client_as(cem).get(reverse("calls:statement-csv"))
    lines = answer.getvalue().decode().split("\r\n")
    assert lines[0] == "When,What,Why,By,Minutes,Change,Left"
    assert lines[2] == (
        '2026-05-12T12:00:00+10:00,Held,"Call on Thu 14 May, 10:00 (Melbourne), '
        f'case {case.shown_number}",Carla Rossi,30,-30,150'
    )
    assert "'=HYPERLINK" in lines[3]


def test_the_statement_goes_on_where_the_page_before_ended(
    acme: Organisation, cem: Person, client_as: Browser
) -> None:
    for number in range(51):
        gave(acme, a_package(f"Package {number:02}"), minutes=1)
    browser, address = client_as(cem), reverse("calls:statement")
    first = browser.get(address)
    older = browser.get(f"{address}?page={first.context['page'].next}")
    assert len(first.context["lines"]) == 50
    assert [line.left for line in older.context["lines"]] == [1]
