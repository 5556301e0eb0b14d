"""Booking: the time, the agent and the minutes together, or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from cases.actions.assigning import assign
from cases.actions.moving import move
from cases.actions.refusing import Refused
from cases.calls.booking import SlotTaken
from cases.calls.models import Absence, Call, Reminder
from cases.entitlements.models import Book, Movement
from cases.lifecycle import Move
from cases.models import Case
from helpdesk.calendars.models import Region
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case
from tests.cases.calls.desk import NOW, at, booked, takes_calls
from tests.cases.entitlements.desk import consultation

pytestmark = pytest.mark.django_db


def rows() -> tuple[int, int, int, int, int]:
    return (
        Call.objects.count(),
        Movement.objects.count(),
        Reminder.objects.count(),
        Entry.objects.count(),
        OutboundMail.objects.count(),
    )


def test_a_booked_call_has_an_agent_and_holds_its_minutes(case: Case, ada: Person) -> None:
    call = booked(case)
    assert (call.agent, call.starts_at) == (ada, at("Thu 10:00"))
    assert (call.state, call.sequence) == ("booked", 0)
    book = Book.objects.get()
    assert (book.available, book.held) == (150, 30)


def test_it_stands_on_the_timeline_in_the_clients_time(case: Case) -> None:
    booked(case)
    entry = Entry.objects.get(kind="call.booked")
    assert (entry.subject_id, entry.audience) == (case.pk, "client")
    assert entry.sentence == (
        "Carla Rossi booked a call for Thu 14 May, 10:00 (Melbourne), 30 minutes, "
        "with Ada Lovelace."
    )


def test_whoever_has_the_case_makes_the_call(case: Case, ada: Person, ben: Person) -> None:
    takes_calls(ben)
    assign(case, ben, by=Actor.of(ada))
    assert booked(case).agent == ben


def test_otherwise_whoever_has_fewest_calls_makes_it(
    case: Case, carla: Person, ben: Person
) -> None:
    booked(a_case(carla), "Thu 11:00")
    takes_calls(ben)
    assert booked(case).agent == ben


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("Thu 08:30", "before the office opens"),
        ("Thu 16:45", "not on the step"),
        ("Sat 10:00", "a day on which nothing is open"),
        ("Tue 13:00", "less than four hours ahead"),
    ],
)
def test_a_time_that_was_not_offered_is_not_booked(case: Case, when: str, why: str) -> None:
    before = rows()
    with pytest.raises(SlotTaken):
        booked(case, when)
    assert rows() == before, why


def test_a_time_too_far_ahead_is_not_booked(case: Case) -> None:
    with pytest.raises(SlotTaken, match="cannot be booked any more"):
        booked(case, "Tue+1 10:00", now=NOW - timedelta(days=40))


def test_a_taken_time_is_not_booked_again_nor_its_pause(case: Case, carla: Person) -> None:
    booked(case, "Thu 10:00")
    before = rows()
    other = a_case(carla)
    before = rows()
    with pytest.raises(SlotTaken, match="has just been taken"):
        booked(other, "Thu 10:30")
    assert rows() == before
    assert booked(other, "Thu 11:00").starts_at == at("Thu 11:00")


def test_nobody_is_booked_while_away(case: Case, ada: Person) -> None:
    Absence.objects.create(person=ada, starts_at=at("Thu 09:00"), ends_at=at("Thu 12:00"))
    with pytest.raises(SlotTaken):
        booked(case, "Thu 11:30")


def test_a_case_has_one_booked_call_at_a_time(case: Case) -> None:
    booked(case)
    with pytest.raises(Refused, match="has a call booked already"):
        booked(case, "Fri 10:00")


def test_too_few_minutes_refuse_with_their_number(case: Case, carla: Person) -> None:
    for when in ("Wed 10:00", "Thu 10:00"):
        booked(a_case(carla), when, minutes=60)
    booked(a_case(carla), "Fri 10:00")
    before = rows()
    with pytest.raises(Refused, match="Only 30 minutes are left for that time; the call needs 60"):
        booked(case, "Fri 14:00", minutes=60)
    assert rows() == before


def test_a_case_that_is_over_gets_no_call(case: Case, carla: Person) -> None:
    move(case, Move.CLOSE, by=Actor.of(carla))
    with pytest.raises(Refused, match="This case is over"):
        booked(case)


@pytest.mark.parametrize("who", ["gil", "ivy"])
def test_a_stranger_books_nothing(case: Case, who: str, request: pytest.FixtureRequest) -> None:
    before = rows()
    with pytest.raises(Refused, match="You may not book"):
        booked(case, by=request.getfixturevalue(who))
    assert rows() == before


def test_a_number_to_call_is_needed(case: Case) -> None:
    with pytest.raises(Refused, match="the number on which we should call"):
        booked(case, phone=" ")


def test_the_database_refuses_a_second_call_of_an_agent_at_the_same_time(
    case: Case, carla: Person
) -> None:
    call = booked(case)
    other = a_case(carla)
    second = Call(
        case=other,
        organisation=call.organisation,
        client=carla,
        agent=call.agent,
        hold=call.hold,
        starts_at=call.starts_at + timedelta(minutes=44),
        minutes=30,
        phone="1",
        booked_at=NOW,
    )
    alone = pytest.raises(IntegrityError, match="agent_makes_one_call_at_a_time")
    with alone, transaction.atomic():
        second.save()


def test_the_database_lets_another_agent_call_at_the_same_time(
    case: Case, carla: Person, ben: Person
) -> None:
    call = booked(case)
    Call.objects.create(
        case=a_case(carla),
        organisation=call.organisation,
        client=carla,
        agent=ben,
        hold=call.hold,
        starts_at=call.starts_at,
        minutes=30,
        phone="1",
        booked_at=NOW,
    )
    assert Call.objects.booked().count() == 2


def outcomes_of(cases: list[Case], when: str, minutes: int) -> list[str]:
    """What each of so many clients hears who book at once on connections of their own."""
    ready = Barrier(len(cases))

    def ask(case: Case) -> str:
        try:
            connection.ensure_connection()
            ready.wait(timeout=60)
            booked(case, when, minutes=minutes)
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "booked"

    with ThreadPoolExecutor(len(cases)) as pool:
        return list(pool.map(ask, cases))


@pytest.mark.django_db(transaction=True)
def test_of_twenty_bookings_for_the_last_hour_exactly_one_is_made(
    case: Case, carla: Person
) -> None:
    # 120 of 180 minutes are booked already, the agent has time for all.
    for when in ("Wed 10:00", "Wed 14:00"):
        booked(a_case(carla), when, minutes=60)
    outcomes = outcomes_of([a_case(carla) for _ in range(20)], "Thu 10:00", 60)
    assert outcomes.count("booked") == 1
    assert set(outcomes) - {"booked"} == {
        "No minutes are left for a call of 60 minutes at that time."
    }
    book = Book.objects.get()
    assert (book.available, book.held, Call.objects.count()) == (0, 180, 3)


@pytest.mark.django_db(transaction=True)
def test_of_organisations_that_want_the_same_time_exactly_one_gets_the_agent(
    case: Case, victoria: Region
) -> None:
    cases = []
    for number in range(12):
        organisation = Organisation.objects.create(name=f"Client {number}", region=victoria)
        consultation(organisation, 60)
        person = Person.objects.create_user(
            f"p{number}", f"p{number}@c{number}.example", organisation=organisation
        )
        cases.append(a_case(person))
    outcomes = outcomes_of(cases, "Thu 10:00", 30)
    assert outcomes.count("booked") == 1
    assert Book.objects.filter(held=30).count() == 1
