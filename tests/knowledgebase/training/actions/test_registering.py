"""Seats, the waiting list, and how it moves up."""

from concurrent.futures import ThreadPoolExecutor

import icalendar
import pytest
from django.db import connection

from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.training.actions.registering import Refused, leave, register
from knowledgebase.training.models import Event, Registration
from tests.knowledgebase.training.school import DAY, NOW, an_event, somebody


def comes(event: Event, person: Person) -> str:
    return register(event, person, by=Actor.of(person), at=NOW).state


def goes(event: Event, person: Person) -> None:
    leave(event, person, by=Actor.of(person), at=NOW)


def states(event: Event) -> dict[str, str]:
    return dict(event.registrations.values_list("person__username", "state"))


def mails_to(person: Person) -> list[str]:
    mails = OutboundMail.objects.filter(to_address=person.email).order_by("pk")
    return [mail.text.splitlines()[1] for mail in mails]


@pytest.mark.django_db
def test_seats_are_given_until_they_are_taken_then_people_wait() -> None:
    event = an_event()
    assert [comes(event, somebody(n)) for n in range(4)] == [
        "seated",
        "seated",
        "waiting",
        "waiting",
    ]


@pytest.mark.django_db
def test_who_registers_twice_has_one_seat_and_one_mail(carla: Person) -> None:
    event = an_event()
    assert [comes(event, carla) for _ in range(2)] == ["seated", "seated"]
    assert mails_to(carla) == ["You have a seat."]


@pytest.mark.django_db
def test_the_first_who_waits_gets_the_seat_of_who_leaves() -> None:
    event = an_event(capacity=1)
    people = [somebody(n) for n in range(3)]
    for person in people:
        comes(event, person)
    goes(event, people[0])
    assert states(event) == {"s0": "left", "s1": "seated", "s2": "waiting"}
    assert mails_to(people[1])[-1] == "A seat is free now, and it is yours."


@pytest.mark.django_db
def test_who_comes_back_stands_last_in_line() -> None:
    event = an_event(capacity=1)
    people = [somebody(n) for n in range(2)]
    for person in people:
        comes(event, person)
    goes(event, people[0])
    assert comes(event, people[0]) == "waiting"


@pytest.mark.django_db
def test_who_waits_and_leaves_moves_nobody_up_and_gets_no_mail() -> None:
    event = an_event(capacity=1)
    first, second = somebody(1), somebody(2)
    comes(event, first)
    comes(event, second)
    goes(event, second)
    assert states(event) == {"s1": "seated", "s2": "left"}
    assert len(mails_to(second)) == 1


@pytest.mark.django_db
def test_nobody_registers_for_what_has_begun(carla: Person) -> None:
    event = an_event(starts_at=NOW - DAY / 24, at=NOW - DAY)
    with pytest.raises(Refused, match="You are not registered"):
        comes(event, carla)
    assert not OutboundMail.objects.exists()


@pytest.mark.django_db
def test_a_seat_comes_with_an_invitation_and_leaving_takes_it_back(carla: Person) -> None:
    event = an_event()
    comes(event, carla)
    goes(event, carla)
    methods = []
    for mail in OutboundMail.objects.order_by("pk"):
        calendar = icalendar.Calendar.from_ical(mail.calendar)
        (written,) = calendar.walk("VEVENT")
        methods.append((calendar["METHOD"], written["UID"], written["STATUS"]))
    uid = f"training-{event.pk}@waratah.example"
    assert methods == [("REQUEST", uid, "CONFIRMED"), ("CANCEL", uid, "CANCELLED")]


@pytest.mark.django_db
def test_the_address_to_join_is_mailed_only_to_those_with_a_seat() -> None:
    event = an_event(capacity=1)
    for number in range(2):
        comes(event, somebody(number))
    seated, waiting = OutboundMail.objects.order_by("pk")
    assert "meet.example" in seated.text
    assert "meet.example" not in waiting.text + waiting.calendar


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_fill_five_seats_exactly() -> None:
    event = an_event(capacity=5)
    people = [somebody(n) for n in range(40)]

    def at_once(person: Person) -> str:
        try:
            return comes(event, person)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(at_once, people))
    assert (answers.count("seated"), answers.count("waiting")) == (5, 35)


@pytest.mark.django_db(transaction=True)
def test_those_who_leave_at_once_make_room_for_exactly_as_many() -> None:
    event = an_event(capacity=5)
    people = [somebody(n) for n in range(20)]
    for person in people:
        comes(event, person)

    def at_once(person: Person) -> None:
        try:
            goes(event, person)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(at_once, people[:8]))
    seated = event.registrations.filter(state=Registration.State.SEATED)
    assert sorted(seated.values_list("person__username", flat=True)) == [
        "s10",
        "s11",
        "s12",
        "s8",
        "s9",
    ]
