"""The contact page: who reads it, and what it says of the hours."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from helpdesk.calendars.models import Calendar, CalendarException, Region
from helpdesk.people.models import Person
from tests.helpdesk.calendars.desk import a_calendar, publish
from tests.helpdesk.calendars.schedules import at

pytestmark = pytest.mark.django_db
# A Tuesday, 10:00 in Melbourne and 12:00 in Auckland.
TUESDAY = at("2026-05-12T00:00:00Z")
SATURDAY = at("2026-05-16T00:00:00Z")


@pytest.mark.parametrize("who", ["ada", "lea", "root", "carla", "cem", "gil", "ivy"])
def test_everybody_signed_in_reads_it(
    who: str, request: pytest.FixtureRequest, client_as: Callable[[Person], Client]
) -> None:
    assert client_as(request.getfixturevalue(who)).get("/contact/").status_code == 200


def test_a_visitor_reads_it_and_the_desk_may_have_no_hours_yet(client: Client) -> None:
    answer = client.get("/contact/")
    assert answer.status_code == 200
    assert "The hours of the chat are not set up yet." in answer.text


def test_it_says_until_when_by_both_clocks(
    carla: Person, client_as: Callable[[Person], Client]
) -> None:
    a_calendar()
    carla.time_zone = "Pacific/Auckland"
    carla.save()
    with time_machine.travel(TUESDAY, tick=False):
        told = client_as(carla).get("/contact/").text
    assert "Open, closes today at 17:00 (Melbourne), 19:00 your time" in told


def test_it_says_when_it_opens_next(client: Client) -> None:
    a_calendar()
    with time_machine.travel(SATURDAY, tick=False):
        assert "Closed, opens Monday at 09:00 (Melbourne)" in client.get("/contact/").text


def test_it_names_the_days_ahead_that_differ(client: Client) -> None:
    calendar = a_calendar()
    CalendarException.objects.create(
        calendar=calendar, date="2026-05-15", hours=[["09:00", "12:00"]], reason="Company day"
    )
    publish(calendar, TUESDAY)
    with time_machine.travel(TUESDAY, tick=False):
        assert "Fri 15 May: 09:00-12:00 (Company day)" in client.get("/contact/").text


def test_each_region_has_its_emergency_number(client: Client, victoria: Region) -> None:
    Region.objects.filter(pk=victoria.pk).update(emergency_phone="+61 3 5550 0100")
    told = client.get("/contact/").text
    assert 'href="tel:+61355500100"' in told


def test_the_own_number_stands_on_top(
    carla: Person, victoria: Region, client_as: Callable[[Person], Client]
) -> None:
    Region.objects.filter(pk=victoria.pk).update(emergency_phone="+61 3 5550 0100")
    assert client_as(carla).get("/contact/").text.count("+61 3 5550 0100") == 2


def test_the_hours_of_the_chat_are_told_apart(client: Client) -> None:
    chat = a_calendar("chat")
    Calendar.objects.filter(pk=chat.pk).update(purpose=Calendar.Purpose.CHAT)
    told = client.get("/contact/").text
    assert "The hours of the office are not set up yet." in told
    assert "The hours of the chat are not set up yet." not in told
