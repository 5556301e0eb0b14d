"""The administration of calendars, through its pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk.calendars.models import Calendar, CalendarVersion, Holiday, Region
from helpdesk.people.models import Person
from tests.helpdesk.calendars.desk import a_calendar, a_holiday, a_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(root: Person, client_as: Callable[[Person], Client]) -> Client:
    return client_as(root)


def test_weekly_hours_are_shown_as_lines(browser: Client) -> None:
    page = browser.get(_page(a_calendar(mon="09:00-12:30, 13:15-17:00"))).content.decode()
    assert 'value="09:00-12:30, 13:15-17:00"' in page
    assert page.count('value="closed"') == 6


def test_saving_publishes_a_version_with_the_hours_as_typed(browser: Client) -> None:
    calendar = a_calendar()
    _save(browser, calendar, hours_mon="9:00-12:30, 13:15-17:00", why="Longer lunch")
    version = calendar.versions.latest("number")
    assert version.weekly == {"mon": [["09:00", "12:30"], ["13:15", "17:00"]]}
    assert (version.number, version.created_by, version.why) == (2, "Root Banyan", "Longer lunch")


def test_an_exception_is_published_with_the_hours(browser: Client) -> None:
    calendar = a_calendar()
    _save(browser, calendar, **_exception("2026-12-24", "09:00-12:00"))
    version = calendar.versions.latest("number")
    assert version.exceptions == [
        {"date": "2026-12-24", "hours": [["09:00", "12:00"]], "reason": "Party"}
    ]


def test_a_date_ahead_begins_at_midnight_of_the_desk(browser: Client) -> None:
    calendar = a_calendar()
    _save(browser, calendar, hours_mon="10:00-14:00", effective_on="2199-07-01")
    version = calendar.versions.latest("number")
    assert version.effective_at.isoformat() == "2199-06-30T14:00:00+00:00"


def test_hours_for_later_do_not_hold_up_an_exception(browser: Client) -> None:
    calendar = a_calendar()
    change = {"hours_mon": "10:00-14:00", "effective_on": "2199-07-01"}
    _save(browser, calendar, **change, **_exception("2026-12-24", "closed"))
    present, planned = calendar.versions.filter(number__gt=1).order_by("number")
    assert len(present.weekly) == 5
    assert planned.weekly == {"mon": [["10:00", "14:00"]]}
    assert present.exceptions == planned.exceptions
    assert present.exceptions[0]["date"] == "2026-12-24"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"hours_mon": "nine to five"}, "Monday: “nine to five” is not an interval."),
        ({"hours_tue": "22:00-02:00"}, "Tuesday: 22:00-02:00 does not close after it opens."),
        ({"effective_on": "2020-01-01"}, "Choose a date ahead, or leave it empty to start now."),
        ({"time_zone": "Melbourne"}, "Melbourne is not a time zone."),
        ({"why": ""}, "This field is required."),
        ({"region": ""}, "Choose the region whose holidays this calendar observes."),
        (
            {"exceptions-0-date": "2026-12-24", "exceptions-0-hours": "noon"},
            "The exception: “noon” is not an interval.",
        ),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence_and_publishes_nothing(
    browser: Client, change: dict[str, str], sentence: str
) -> None:
    calendar = a_calendar()
    page = browser.post(_page(calendar), _fields(calendar) | change)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert calendar.versions.count() == 1


def test_a_second_exception_for_a_date_is_refused(browser: Client) -> None:
    calendar = a_calendar()
    _save(browser, calendar, **_exception("2026-12-24", "closed"))
    again = _fields(calendar) | _exception("2026-12-24", "09:00-12:00")
    page = browser.post(_page(calendar), again)
    assert "This calendar has an exception for that date already." in page.content.decode()


def test_a_new_calendar_gets_its_first_version(browser: Client) -> None:
    fields = _fields(Calendar(slug="new", name="New", region=a_region(), time_zone="Asia/Tokyo"))
    browser.post(reverse("admin:calendars_calendar_add"), fields | {"hours_fri": "09:00-17:00"})
    version = CalendarVersion.objects.get(calendar__slug="new")
    assert (version.number, version.weekly) == (1, {"fri": [["09:00", "17:00"]]})


def test_what_is_wrong_with_a_calendar_stands_on_its_page(browser: Client) -> None:
    page = browser.get(_page(a_calendar("empty", mon=""))).content.decode()
    assert "Empty never opens again. No promise can run on it." in page


def test_versions_can_be_read_and_not_changed(browser: Client) -> None:
    version = a_calendar().versions.get()
    assert browser.get(reverse("admin:calendars_calendarversion_changelist")).status_code == 200
    page = browser.get(reverse("admin:calendars_calendarversion_change", args=[version.pk]))
    assert page.status_code == 200
    assert "Monday: 09:00-17:00<br>Tuesday: 09:00-17:00<br>" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert browser.get(reverse("admin:calendars_calendarversion_add")).status_code == 403


def test_a_holiday_entered_by_hand_is_confirmed_and_published(browser: Client) -> None:
    calendar = a_calendar()
    fields = {"region": a_region().pk, "date": "2026-11-03", "name": "Cup Day", "is_observed": "on"}
    browser.post(reverse("admin:calendars_holiday_add"), fields)
    holiday = Holiday.objects.get()
    assert (holiday.source, holiday.confirmed_by) == ("by_hand", "Root Banyan")
    assert calendar.versions.latest("number").holidays == [
        {"date": "2026-11-03", "name": "Cup Day"}
    ]


def test_a_holiday_that_moves_to_another_region_leaves_the_first(browser: Client) -> None:
    calendar, elsewhere = a_calendar(), a_region("nsw", name="New South Wales")
    holiday = a_holiday("2026-11-03")
    browser.post(_page(holiday), _holiday_fields(holiday, region=a_region()))
    browser.post(_page(holiday), _holiday_fields(holiday, region=elsewhere))
    assert [len(version.holidays) for version in calendar.versions.order_by("number")] == [0, 1, 0]


def test_removed_holidays_are_removed_from_the_calendars(browser: Client) -> None:
    calendar = a_calendar()
    first, second, third = (a_holiday(f"2026-11-0{day}") for day in (3, 4, 5))
    browser.post(_page(first), _holiday_fields(first, region=a_region()))
    browser.post(
        reverse("admin:calendars_holiday_delete", args=[first.pk]), {"post": "yes"}, follow=True
    )
    _act(browser, "holiday", "delete_selected", second.pk, third.pk, post="yes")
    counts = [len(version.holidays) for version in calendar.versions.order_by("number")]
    assert counts == [0, 3, 2, 0]


def test_holidays_are_confirmed_by_whoever_looked_at_them(browser: Client) -> None:
    holiday = a_holiday("2026-11-03")
    _act(browser, "holiday", "confirm", holiday.pk)
    holiday.refresh_from_db()
    assert holiday.confirmed_by == "Root Banyan"
    assert holiday.confirmed_at is not None


def test_holidays_that_nobody_has_confirmed_are_warned_of(browser: Client) -> None:
    a_calendar()
    page = browser.get(reverse("admin:calendars_holiday_changelist")).content.decode()
    assert "Victoria has no holidays entered for" in page


def test_holidays_of_a_region_are_brought_in(browser: Client) -> None:
    page = _act(browser, "region", "bring_in", a_region().pk)
    assert "Look them through and confirm them." in page
    assert Holiday.objects.filter(source="library", name="Melbourne Cup Day").count() == 2


def test_a_region_that_the_library_does_not_know_gets_a_sentence(browser: Client) -> None:
    region = Region.objects.create(code="x", name="Atlantis", country="QQ", time_zone="UTC")
    page = _act(browser, "region", "bring_in", region.pk)
    assert "The holiday library does not know QQ. Check the codes of Atlantis" in page


@pytest.mark.parametrize("person", ["ada", "lea", "carla", "cem"])
def test_only_administrators_come_in(
    person: str, client_as: Callable[[Person], Client], request: pytest.FixtureRequest
) -> None:
    browser = client_as(request.getfixturevalue(person))
    models = ("calendar", "calendarversion", "holiday", "region")
    pages = [reverse(f"admin:calendars_{model}_changelist") for model in models]
    assert {browser.get(page).status_code for page in pages} == {302}


def _page(thing: Calendar | Holiday) -> str:
    return reverse(f"admin:calendars_{thing._meta.model_name}_change", args=[thing.pk])


def _save(browser: Client, calendar: Calendar, **change: str) -> None:
    page = browser.post(_page(calendar), _fields(calendar) | change)
    assert page.status_code == 302, page.content.decode()


def _fields(calendar: Calendar) -> dict[str, Any]:
    return {
        "name": calendar.name,
        "slug": calendar.slug,
        "purpose": "office",
        "region": calendar.region_id,
        "time_zone": calendar.time_zone,
        "observes_holidays": "on",
        "why": "A test",
        "exceptions-TOTAL_FORMS": "1",
        "exceptions-INITIAL_FORMS": "0",
    }


def _exception(date: str, hours: str) -> dict[str, str]:
    return {
        "exceptions-0-date": date,
        "exceptions-0-hours": hours,
        "exceptions-0-reason": "Party",
    }


def _holiday_fields(holiday: Holiday, *, region: Region) -> dict[str, Any]:
    return {
        "region": region.pk,
        "date": holiday.date,
        "name": holiday.name,
        "is_observed": "on",
    }


def _act(browser: Client, model: str, action: str, *ids: int, **fields: str) -> str:
    address = reverse(f"admin:calendars_{model}_changelist")
    data = {"action": action, "_selected_action": [str(pk) for pk in ids], **fields}
    return browser.post(address, data, follow=True).content.decode()
