"""What is to look at in the time of the whole desk."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from helpdesk.calendars.desk_lint import DeskFinding, lint_desk
from helpdesk.calendars.lint import Finding, Severity
from helpdesk.calendars.models import Calendar, CalendarException
from helpdesk.people.models import Person
from tests.helpdesk.calendars.desk import a_calendar, a_holiday, publish
from tests.helpdesk.calendars.schedules import at

pytestmark = pytest.mark.django_db
NOVEMBER = at("2026-11-02T00:00:00Z")


@pytest.fixture(autouse=True)
def _no_rooms(settings: Settings) -> None:
    settings.CALENDAR_CHECKS = []


def a_room(start: datetime, end: datetime) -> list[DeskFinding]:
    return [DeskFinding("Room", Finding("cold", Severity.ERROR, f"{(end - start).days} days."))]


def told(code: str) -> list[tuple[str, str]]:
    found = lint_desk(now=NOVEMBER)
    return [(one.subject, one.finding.sentence) for one in found if one.finding.code == code]


def a_chat() -> Calendar:
    chat = a_calendar("chat", mon_fri="07:00-14:00")
    Calendar.objects.filter(pk=chat.pk).update(purpose="chat")
    return chat


def test_a_chat_within_the_days_of_the_office_is_fine() -> None:
    a_calendar("office")
    a_chat()
    assert told("chat_without_office") == []


def test_a_chat_that_opens_on_a_day_of_a_closed_office_is_told() -> None:
    a_chat()
    office = a_calendar("office")
    CalendarException.objects.create(calendar=office, date="2026-11-20", reason="Moving")
    publish(office, NOVEMBER)
    assert told("chat_without_office") == [
        ("Chat", "It is open while Office is closed: Fri 20 Nov 2026.")
    ]


def test_a_holiday_of_both_is_fine() -> None:
    a_holiday("2026-11-03")
    a_calendar("office")
    a_chat()
    assert told("chat_without_office") == []


def test_every_calendar_is_looked_at() -> None:
    a_calendar("empty", mon="")
    assert told("never_opens") == [("Empty", "Empty never opens again. No promise can run on it.")]


def test_a_room_adds_what_it_knows(settings: Settings) -> None:
    settings.CALENDAR_CHECKS = [f"{__name__}.a_room"]
    assert told("cold") == [("Room", "400 days.")]


def test_the_worst_comes_first() -> None:
    a_calendar("office")
    a_calendar("empty", mon="")
    assert lint_desk(now=NOVEMBER)[0].finding.severity is Severity.ERROR


def test_the_command_fails_when_a_promise_cannot_be_kept(
    capsys: pytest.CaptureFixture[str],
) -> None:
    a_calendar("empty", mon="")
    with pytest.raises(SystemExit):
        call_command("lint_calendars")
    assert "Error: Empty: Empty never opens again." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("who", "status"),
    [("lea", 200), ("root", 200), ("ada", 404), ("carla", 404), ("cem", 404), ("gil", 404)],
)
def test_leads_and_administrators_see_the_page(
    who: str,
    status: int,
    client_as: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    a_calendar("office")
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(reverse("calendar-checks")).status_code == status
