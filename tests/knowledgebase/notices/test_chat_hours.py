"""Chat hours that change are announced by nobody's hand."""

import pytest

from helpdesk.calendars.models import Calendar, CalendarException
from knowledgebase.notices.chat_hours import follow_calendars
from knowledgebase.notices.models import Notice
from knowledgebase.notices.sweeping import sweep
from tests.helpdesk.calendars.desk import a_calendar, publish
from tests.helpdesk.calendars.schedules import at

pytestmark = pytest.mark.django_db
# A Tuesday, 10:00 in Melbourne.
NOW = at("2026-05-12T00:00:00Z")
FRIDAY = "2026-05-15"


def chat() -> Calendar:
    calendar = a_calendar("chat", mon="10:00-14:00", tue="07:00-14:00", fri="07:00-14:00")
    calendar.purpose = Calendar.Purpose.CHAT
    calendar.save()
    return calendar


def closed_on_friday(calendar: Calendar) -> CalendarException:
    exception = CalendarException.objects.create(
        calendar=calendar, date=FRIDAY, hours=[], reason="Company day"
    )
    publish(calendar, NOW)
    return exception


def test_usual_hours_are_no_news() -> None:
    chat()
    assert follow_calendars(now=NOW) == 0
    assert not Notice.objects.exists()


def test_a_closed_day_is_announced_once_and_holds_on_that_day() -> None:
    closed_on_friday(chat())
    assert [follow_calendars(now=NOW) for _ in range(2)] == [1, 0]
    notice = Notice.objects.get()
    assert notice.title == "Chat: closed on Friday 15 May"
    assert (notice.starts_at, notice.ends_at) == (
        at("2026-05-14T14:00:00Z"),
        at("2026-05-15T14:00:00Z"),
    )
    assert notice.updates.get().text == (
        "On Friday 15 May chat is closed (Melbourne time): Company day. Usually it is open "
        "07:00-14:00 on that day. Outside these hours a message in the chat becomes a case."
    )


def test_it_starts_and_ends_by_itself_and_is_not_posted_again() -> None:
    closed_on_friday(chat())
    follow_calendars(now=NOW)
    states = []
    for moment in ("2026-05-14T14:00:00Z", "2026-05-15T03:00:00Z", "2026-05-15T14:00:00Z"):
        sweep(now=at(moment))
        follow_calendars(now=at(moment))
        states.append(Notice.objects.get().state)
    assert states == ["running", "running", "completed"]


def test_a_change_that_is_taken_back_is_said_to_be() -> None:
    calendar = chat()
    exception = closed_on_friday(calendar)
    follow_calendars(now=NOW)
    exception.delete()
    publish(calendar, NOW)
    assert follow_calendars(now=NOW) == 1
    assert Notice.objects.get().state == "cancelled"


def test_an_edited_day_is_corrected_where_it_stands() -> None:
    calendar = chat()
    exception = closed_on_friday(calendar)
    follow_calendars(now=NOW)
    exception.hours = [["09:00", "11:00"]]
    exception.save()
    publish(calendar, NOW)
    assert [follow_calendars(now=NOW) for _ in range(2)] == [1, 0]
    assert Notice.objects.get().title == "Chat: open 09:00-11:00 on Friday 15 May"


def test_a_new_week_is_announced_ahead_and_for_a_week_while_it_holds() -> None:
    calendar = chat()
    monday = at("2026-05-17T14:00:00Z")
    publish(calendar, monday, mon="12:00-14:00", tue="07:00-14:00", fri="07:00-14:00")
    assert follow_calendars(now=NOW) == 1
    notice = Notice.objects.get()
    assert (notice.title, notice.starts_at) == ("Chat change on Monday 18 May", monday)
    assert notice.ends_at == at("2026-05-24T14:00:00Z")
    assert "Monday: 12:00-14:00, before 10:00-14:00" in notice.updates.get().text


def test_the_hours_of_the_office_are_no_matter_of_the_chat() -> None:
    calendar = a_calendar()
    closed_on_friday(calendar)
    assert follow_calendars(now=NOW) == 0
