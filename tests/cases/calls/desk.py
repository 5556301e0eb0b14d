"""Agents with hours, minutes and calls for tests. Now is Tuesday 12 May 2026, noon in Melbourne."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cases.calls import booking
from cases.calls.booking import Wish
from cases.calls.models import AgentHours, Call
from cases.models import Case
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

NOW = datetime(2026, 5, 12, 2, tzinfo=UTC)
PHONE = "+61 3 5550 0100"
_DAYS = {"tue": 12, "wed": 13, "thu": 14, "fri": 15, "sat": 16, "mon+1": 18, "tue+1": 19}


def at(text: str) -> datetime:
    """The instant of a Melbourne reading in the week of `NOW`: "Thu 10:00", "Mon+1 09:00"."""
    day, clock = text.split()
    hour, minute = map(int, clock.split(":"))
    local = datetime(
        2026, 5, _DAYS[day.lower()], hour, minute, tzinfo=ZoneInfo("Australia/Melbourne")
    )
    return local.astimezone(UTC)


def takes_calls(person: Person, **facts: object) -> AgentHours:
    """Monday to Friday 09-17 in Melbourne, unless `facts` say otherwise."""
    week = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    defaults = {"time_zone": "Australia/Melbourne", "weekly": week}
    return AgentHours.objects.create(person=person, **(defaults | facts))


def a_wish(when: str = "Thu 10:00", **facts: object) -> Wish:
    defaults = {"minutes": 30, "phone": PHONE, "topic": "How to split the report"}
    return Wish(starts_at=at(when), **(defaults | facts))  # type: ignore[arg-type]


def booked(
    case: Case,
    when: str = "Thu 10:00",
    *,
    by: Person | None = None,
    now: datetime = NOW,
    **wish: object,
) -> Call:
    """A call about the case, booked by its client."""
    client = by or case.client
    return booking.book(case, a_wish(when, **wish), client=client, by=Actor.of(client), now=now)
