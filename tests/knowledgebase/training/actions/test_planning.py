"""What those with a seat hear when an event changes."""

from typing import Any

import icalendar
import pytest

from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person
from knowledgebase.training.actions import planning
from knowledgebase.training.actions.registering import register
from knowledgebase.training.models import Event
from tests.knowledgebase.training.school import DAY, NOW, an_event, somebody

pytestmark = pytest.mark.django_db


def with_seat(event: Event, person: Person) -> None:
    register(event, person, by=Actor.of(person), at=NOW)
    OutboundMail.objects.all().delete()


def changed(event: Event, **facts: Any) -> Event:
    event.refresh_from_db()
    for name, value in facts.items():
        setattr(event, name, value)
    return planning.change(event, regions=(), by=SYSTEM, at=NOW)


def said() -> list[str]:
    return [mail.text.splitlines()[1] for mail in OutboundMail.objects.order_by("pk")]


def test_another_time_sends_the_invitation_anew(carla: Person) -> None:
    event = an_event()
    with_seat(event, carla)
    changed(event, starts_at=NOW + 3 * DAY, ends_at=NOW + 4 * DAY)
    mail = OutboundMail.objects.get()
    (written,) = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert (written["SEQUENCE"], written.decoded("DTSTART")) == (1, NOW + 3 * DAY)
    assert said() == [
        "Something changed. The invitation in this mail replaces the one that you have."
    ]


def test_what_stands_in_no_calendar_changes_in_silence(carla: Person) -> None:
    event = an_event()
    with_seat(event, carla)
    changed(event, description="Bring questions.")
    assert said() == []


def test_more_seats_let_people_move_up() -> None:
    event = an_event(capacity=1)
    for number in range(3):
        with_seat(event, somebody(number))
    changed(event, capacity=2)
    assert said() == ["A seat is free now, and it is yours."]


def test_what_is_cancelled_is_told_once_to_everybody_on_the_lists() -> None:
    event = an_event(capacity=1)
    for number in range(2):
        with_seat(event, somebody(number))
    for _ in range(2):
        planning.cancel(event, by=SYSTEM, at=NOW)
    mails = list(OutboundMail.objects.order_by("to_address"))
    assert [mail.to_address for mail in mails] == ["s0@elsewhere.example", "s1@elsewhere.example"]
    assert [bool(mail.calendar) for mail in mails] == [True, False]


def test_a_reminder_goes_out_once_a_day_before(carla: Person) -> None:
    event = an_event()
    with_seat(event, carla)
    assert planning.remind(now=NOW + DAY / 2) is False
    assert [planning.remind(now=NOW + DAY) for _ in range(2)] == [True, False]
    assert said() == ["This training begins soon."]


def test_a_desk_that_was_down_reminds_nobody_of_what_has_begun(carla: Person) -> None:
    event = an_event()
    with_seat(event, carla)
    assert planning.remind(now=NOW + 3 * DAY) is True
    assert said() == []


def test_who_came_is_noted_and_who_did_not(carla: Person, gil: Person) -> None:
    event = an_event()
    with_seat(event, carla)
    with_seat(event, gil)
    came = event.registrations.get(person=carla)
    planning.note_attendance(event, came=[came.pk], at=NOW)
    assert dict(event.registrations.values_list("person__username", "has_attended")) == {
        "carla": True,
        "gil": False,
    }
