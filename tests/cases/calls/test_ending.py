"""How a booked call ends: it takes place, nobody answers, or it is cancelled in time or late."""

import pytest
from pytest_django.fixtures import Settings

from cases.actions.refusing import Refused
from cases.calls import cancelling, concluding
from cases.calls.models import Call
from cases.entitlements.models import Book
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.cases.calls.desk import at, booked

pytestmark = pytest.mark.django_db
IN_TIME, LATE, AFTER = "Wed 10:00", "Wed 10:01", "Thu 10:40"


def book() -> tuple[int, int, int]:
    row = Book.objects.get()
    return row.available, row.held, row.used


def concluded(call: Call, *, by: Person, minutes: int = 20, now: str = AFTER) -> Call:
    return concluding.conclude(
        call, actual_minutes=minutes, outcome="We split it.", by=Actor.of(by), now=at(now)
    )


def cancelled(call: Call, *, by: Person, now: str) -> Call:
    return cancelling.cancel(call, reason="It is solved.", by=Actor.of(by), now=at(now))


def test_a_call_of_20_of_30_minutes_uses_20(case: Case, ada: Person) -> None:
    call = concluded(booked(case), by=ada)
    assert (call.state, call.actual_minutes, call.used_minutes) == ("held", 20, 20)
    assert book() == (160, 0, 20)


def test_a_call_that_took_longer_uses_what_was_booked(case: Case, ada: Person) -> None:
    call = concluded(booked(case), by=ada, minutes=50)
    assert (call.actual_minutes, call.used_minutes, book()) == (50, 30, (150, 0, 30))


def test_the_outcome_stands_on_the_timeline_for_the_client(case: Case, ada: Person) -> None:
    concluded(booked(case), by=ada)
    entry = Entry.objects.get(kind="call.held")
    assert (entry.audience, entry.sentence) == (
        "client",
        "Ada Lovelace called: 20 minutes, 20 of them used. We split it.",
    )


def test_an_outcome_is_noted_once(case: Case, ada: Person) -> None:
    call = concluded(booked(case), by=ada)
    with pytest.raises(Refused, match="not booked any more"):
        concluded(call, by=ada)
    assert book() == (160, 0, 20)


def test_a_call_that_has_not_begun_has_no_outcome(case: Case, ada: Person) -> None:
    with pytest.raises(Refused, match="has not begun"):
        concluded(booked(case), by=ada, now="Thu 09:59")


@pytest.mark.parametrize("minutes", [0, 481])
def test_an_outcome_needs_a_sensible_length(case: Case, ada: Person, minutes: int) -> None:
    with pytest.raises(Refused, match="how long the call took"):
        concluded(booked(case), by=ada, minutes=minutes)
    assert book() == (150, 30, 0)


def test_no_client_notes_an_outcome(case: Case, carla: Person) -> None:
    with pytest.raises(Refused, match="Only our own people"):
        concluded(booked(case), by=carla)


@pytest.mark.parametrize(("uses", "expected"), [(True, (150, 0, 30)), (False, (180, 0, 0))])
def test_when_nobody_answers_the_rule_decides(
    case: Case, ada: Person, settings: Settings, uses: bool, expected: tuple[int, int, int]
) -> None:
    settings.CALL_NO_SHOW_USES_MINUTES = uses
    call = concluding.note_missed(booked(case), by=Actor.of(ada), now=at(AFTER))
    assert (call.state, book()) == ("missed", expected)


def test_a_call_cancelled_in_time_gives_back_everything(case: Case, carla: Person) -> None:
    call = cancelled(booked(case), by=carla, now=IN_TIME)
    assert (call.state, call.sequence, book()) == ("cancelled", 1, (180, 0, 0))


@pytest.mark.parametrize(("uses", "expected"), [(True, (150, 0, 30)), (False, (180, 0, 0))])
def test_for_a_late_cancellation_the_rule_decides(
    case: Case, carla: Person, settings: Settings, uses: bool, expected: tuple[int, int, int]
) -> None:
    settings.CALL_LATE_CANCEL_USES_MINUTES = uses
    cancelled(booked(case), by=carla, now=LATE)
    assert book() == expected


def test_what_we_cancel_costs_nothing_however_late(case: Case, ada: Person) -> None:
    cancelled(booked(case), by=ada, now="Thu 09:59")
    assert book() == (180, 0, 0)


def test_both_sides_get_the_withdrawal_with_the_reason_and_the_cost(
    case: Case, carla: Person, ada: Person
) -> None:
    cancelled(booked(case), by=carla, now=LATE)
    last = OutboundMail.objects.filter(calendar_method="CANCEL").order_by("to_address")
    assert [mail.to_address for mail in last] == [ada.email, carla.email]
    assert all("It is solved. 30 minutes were used." in mail.text for mail in last)
    assert all("SEQUENCE:1\r\n" in mail.calendar for mail in last)


def test_a_client_does_not_cancel_what_has_begun(case: Case, carla: Person) -> None:
    with pytest.raises(Refused, match="The call has begun"):
        cancelled(booked(case), by=carla, now="Thu 10:00")
    assert book() == (150, 30, 0)


def test_a_stranger_cancels_nothing(case: Case, gil: Person) -> None:
    with pytest.raises(Refused, match="may not change"):
        cancelled(booked(case), by=gil, now=IN_TIME)


def test_a_colleague_without_part_in_it_cancels_nothing_and_a_manager_does(
    case: Case, ivy: Person, cem: Person
) -> None:
    call = booked(case)
    with pytest.raises(Refused, match="may not change"):
        cancelled(call, by=ivy, now=IN_TIME)
    assert cancelled(call, by=cem, now=IN_TIME).state == "cancelled"
