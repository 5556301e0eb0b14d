"""Moving a call to another time or another agent."""

from datetime import date, timedelta

import pytest

from cases.actions.refusing import Refused
from cases.calls import changing
from cases.calls.booking import SlotTaken
from cases.calls.models import Absence, AgentHours, Call
from cases.entitlements.models import Book, Movement
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case
from tests.cases.calls.desk import NOW, at, booked, takes_calls
from tests.cases.entitlements.desk import consultation

pytestmark = pytest.mark.django_db


def moved(call: Call, when: str, *, by: Person, **more: object) -> Call:
    now = more.pop("now", NOW)
    return changing.reschedule(call, at(when), by=Actor.of(by), now=now, **more)  # type: ignore[arg-type]


def mails_to(person: Person) -> list[tuple[str, str]]:
    mails = OutboundMail.objects.filter(to_address=person.email).order_by("pk")
    return list(mails.values_list("kind", "calendar_method"))


def test_a_moved_call_raises_its_sequence_and_keeps_its_minutes(case: Case, carla: Person) -> None:
    call = moved(booked(case), "Fri 14:00", by=carla)
    assert (call.starts_at, call.sequence) == (at("Fri 14:00"), 1)
    assert (Book.objects.get().held, Movement.objects.filter(kind="hold").count()) == (30, 1)
    assert Entry.objects.get(kind="call.moved").sentence == (
        "Carla Rossi moved the call from Thu 14 May, 10:00 (Melbourne) to "
        "Fri 15 May, 14:00 (Melbourne), with Ada Lovelace."
    )


def test_both_sides_get_the_new_invitation(case: Case, carla: Person, ada: Person) -> None:
    moved(booked(case), "Fri 14:00", by=carla)
    assert mails_to(carla)[-1] == ("call_moved", "REQUEST")
    assert mails_to(ada)[-1] == ("call_for_agent", "REQUEST")


def test_a_call_may_move_by_less_than_its_own_length(case: Case, carla: Person) -> None:
    assert moved(booked(case), "Thu 10:30", by=carla).starts_at == at("Thu 10:30")


def test_reminders_move_along(case: Case, carla: Person) -> None:
    call = moved(booked(case), "Fri 14:00", by=carla)
    waiting = call.reminders.filter(settled_at=None).order_by("due_at")
    assert [reminder.due_at for reminder in waiting] == [at("Thu 14:00"), at("Fri 13:00")]


def test_another_agent_takes_it_when_the_first_is_not_free(
    case: Case, carla: Person, ada: Person, ben: Person
) -> None:
    call = booked(case)
    takes_calls(ben)
    Absence.objects.create(person=ada, starts_at=at("Fri 09:00"), ends_at=at("Fri 17:00"))
    assert moved(call, "Fri 14:00", by=carla).agent == ben
    assert mails_to(ben) == [("call_for_agent", "REQUEST")]
    assert mails_to(ada)[-1] == ("call_for_agent", "CANCEL")


def test_a_time_that_nobody_has_is_refused_and_nothing_changes(case: Case, carla: Person) -> None:
    call = booked(case)
    before = OutboundMail.objects.count()
    with pytest.raises(SlotTaken):
        moved(call, "Sat 10:00", by=carla)
    call.refresh_from_db()
    assert (call.starts_at, call.sequence) == (at("Thu 10:00"), 0)
    assert OutboundMail.objects.count() == before


def test_within_the_notice_period_a_client_asks_us_and_ours_may_still_move_it(
    case: Case, carla: Person, ada: Person
) -> None:
    call, late = booked(case), at("Wed 10:30")
    with pytest.raises(Refused, match="until 24 hours before it begins"):
        moved(call, "Fri 14:00", by=carla, now=late)
    assert moved(call, "Fri 14:00", by=ada, now=late).sequence == 1


def test_what_was_moved_meanwhile_is_not_moved_again(case: Case, carla: Person) -> None:
    call = booked(case)
    moved(call, "Fri 14:00", by=carla)
    with pytest.raises(Refused, match="was moved while you were looking"):
        moved(call, "Fri 15:00", by=carla, seen_sequence=0)


def test_the_same_time_is_no_move(case: Case, carla: Person) -> None:
    with pytest.raises(Refused, match="at that time already"):
        moved(booked(case), "Thu 10:00", by=carla)


def test_a_stranger_moves_nothing(case: Case, gil: Person) -> None:
    with pytest.raises(Refused, match="may not change"):
        moved(booked(case), "Fri 14:00", by=gil)


def test_minutes_that_will_have_expired_are_exchanged_for_later_ones(
    case: Case, carla: Person, acme: Organisation
) -> None:
    consultation(acme, 30, until=date(2026, 5, 14))
    call = booked(case)
    first = call.hold
    call = moved(call, "Fri 14:00", by=carla)
    assert call.hold != first
    assert list(Movement.objects.order_by("pk").values_list("kind", flat=True))[-2:] == [
        "give_back",
        "hold",
    ]


def declined(call: Call, *, by: Person) -> Call:
    return changing.decline(call, reason="I am at the dentist.", by=Actor.of(by), now=NOW)


def test_a_declined_call_goes_to_a_colleague_who_is_free(
    case: Case, carla: Person, ada: Person, ben: Person
) -> None:
    call = booked(case)
    takes_calls(ben)
    call = declined(call, by=ada)
    assert (call.agent, call.starts_at, call.sequence) == (ben, at("Thu 10:00"), 1)
    assert (mails_to(ada)[-1][1], mails_to(ben)[-1][1]) == ("CANCEL", "REQUEST")
    assert mails_to(carla)[-1] == ("call_moved", "REQUEST")


def test_why_it_was_declined_is_for_us_only(case: Case, ada: Person, ben: Person) -> None:
    call = booked(case)
    takes_calls(ben)
    declined(call, by=ada)
    told = dict(Entry.objects.filter(kind__startswith="call.").values_list("kind", "audience"))
    assert told["call.declined"] == "agents"
    handed_over = Entry.objects.get(kind="call.handed_over")
    assert "dentist" not in handed_over.sentence + str(handed_over.data)


def test_where_nobody_is_free_the_client_is_asked_for_another_time_and_loses_nothing(
    case: Case, carla: Person, ada: Person
) -> None:
    call = declined(booked(case), by=ada)
    assert (call.state, call.used_minutes, Book.objects.get().available) == ("cancelled", 0, 180)
    assert mails_to(carla)[-1] == ("call_cancelled", "CANCEL")
    told = OutboundMail.objects.filter(to_address=carla.email).latest("pk")
    assert "Please choose another time. No minutes were used." in told.text
    assert "dentist" not in told.text


def test_a_call_that_has_begun_is_not_passed_on(case: Case, ada: Person) -> None:
    call = booked(case)
    with pytest.raises(Refused, match="The call has begun"):
        changing.decline(call, reason="", by=Actor.of(ada), now=at("Thu 10:00"))


def test_a_client_passes_nothing_on(case: Case, carla: Person) -> None:
    with pytest.raises(Refused, match="Only our own people"):
        declined(booked(case), by=carla)


def test_the_day_of_an_agent_stays_within_its_number(
    case: Case, carla: Person, hours: AgentHours
) -> None:
    hours.calls_a_day = 1
    hours.save()
    booked(a_case(carla), "Fri 10:00")
    with pytest.raises(SlotTaken):
        moved(booked(case), "Fri 14:00", by=carla)


def test_a_cancelled_time_is_free_again(case: Case, carla: Person, ada: Person) -> None:
    declined(booked(case), by=ada)
    assert booked(a_case(carla, at=NOW + timedelta(minutes=1))).starts_at == at("Thu 10:00")
