"""Where a message belongs after all (sla.md part 4, merge and split; security.md T2, T5)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cases.actions.indexing import index_anew
from cases.actions.joining import join
from cases.actions.moving import move
from cases.actions.refusing import Refused
from cases.actions.rethreading import move_message, split
from cases.lifecycle import Move
from cases.mailroom.acknowledging import acknowledge
from cases.models import Case
from cases.sla.models import SlaTimer
from cases.thread.models import Message
from helpdesk.calendars.presets import load_preset
from helpdesk.journal.models import Entry
from helpdesk.mail.models import InboundMail, OutboundMail
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message, a_policy
from tests.cases.mailroom.mails import arrives

pytestmark = pytest.mark.django_db


def only_message(case: Case) -> Message:
    return case.messages.get()


def open_due(case: Case) -> dict[str, datetime | None]:
    return {timer.metric: timer.due_at for timer in SlaTimer.objects.filter(case=case).open()}


@pytest.fixture
def policy(db: None) -> None:
    load_preset("anz", by="test", now=datetime.now(UTC))
    a_policy("medium", first_response="8 hours", next_response="8 hours")
    a_policy("high", first_response="2 hours", next_response="2 hours")


def test_a_message_moves_with_what_the_lists_say_of_both_cases(ada: Person, carla: Person) -> None:
    source, target = a_case(carla), a_case(carla)
    second = a_message(source, by=carla, text="And one more thing.")
    move_message(second, to=target, by=Actor.of(ada))
    source.refresh_from_db()
    target.refresh_from_db()
    assert (source.message_count, target.message_count) == (1, 2)
    assert list(target.messages.in_order().values_list("text", flat=True))[-1] == second.text
    assert (source.version, target.version) == (3, 2)


def test_both_cases_say_who_moved_what_and_clients_do_not_read_it(
    ada: Person, carla: Person
) -> None:
    source, target = a_case(carla), a_case(carla)
    move_message(a_message(source, by=carla), to=target, by=Actor.of(ada))
    away = Entry.objects.get(kind="case.message_moved_away")
    here = Entry.objects.get(kind="case.message_moved_here")
    assert away.sentence == (
        f"Ada Lovelace moved a message of Carla Rossi to case {target.shown_number}."
    )
    assert (away.subject_id, here.subject_id) == (source.pk, target.pk)
    assert {away.audience, here.audience} == {"agents"}


def test_a_strangers_message_is_kept_there_for_us_alone(
    ada: Person, carla: Person, gil: Person
) -> None:
    target = a_case(carla)
    moved = move_message(only_message(a_case(gil)), to=target, by=Actor.of(ada))
    assert moved.visibility == "internal"
    assert not Case.objects.visible_to(gil).filter(pk=target.pk).exists()
    assert not target.messages.readable_by(carla).filter(pk=moved.pk).exists()


def test_a_stranger_who_is_let_in_takes_part_and_is_read(
    ada: Person, carla: Person, gil: Person
) -> None:
    target = a_case(carla)
    moved = move_message(only_message(a_case(gil)), to=target, by=Actor.of(ada), lets_in=True)
    assert moved.visibility == "public"
    assert Case.objects.visible_to(gil).filter(pk=target.pk).exists()


def test_a_case_that_has_nothing_left_is_closed_and_its_client_told_where_it_went(
    ada: Person, carla: Person
) -> None:
    source, target = a_case(carla), a_case(carla)
    move_message(only_message(source), to=target, by=Actor.of(ada))
    source.refresh_from_db()
    assert source.state == "closed"
    reason = Entry.objects.get(kind="case.moved", subject_id=source.pk).data["reason"]
    assert reason == f"Your message is now part of case {target.shown_number}."


def test_somebody_who_may_not_see_the_other_case_does_not_get_its_number(
    ada: Person, carla: Person, gil: Person
) -> None:
    source, target = a_case(gil), a_case(carla)
    move_message(only_message(source), to=target, by=Actor.of(ada))
    reason = Entry.objects.get(kind="case.moved", subject_id=source.pk).data["reason"]
    assert target.shown_number not in reason


def test_moving_the_only_message_never_wins_time(policy: None, ada: Person, carla: Person) -> None:
    urgent, relaxed = a_case(carla, priority="high"), a_case(carla)
    due = open_due(urgent)["first_response"]
    move_message(only_message(urgent), to=relaxed, by=Actor.of(ada))
    assert open_due(urgent) == {}
    assert open_due(relaxed)["first_response"] == due


def test_moving_an_unanswered_message_takes_the_response_along(
    policy: None, ada: Person, carla: Person
) -> None:
    early = timezone.now() - timedelta(days=3)
    source, target = a_case(carla, at=early), a_case(carla)
    a_message(source, by=ada, at=early + timedelta(minutes=5))
    a_message(target, by=ada)
    asked = a_message(source, by=carla, at=early + timedelta(minutes=9))
    due = open_due(source)["next_response"]
    move_message(asked, to=target, by=Actor.of(ada))
    assert "next_response" not in open_due(source)
    assert open_due(target)["next_response"] == due
    assert Case.objects.get(pk=source.pk).unanswered_since is None
    assert Case.objects.get(pk=target.pk).unanswered_since == asked.at


def test_a_case_that_still_waits_for_an_answer_keeps_its_own_promise(
    policy: None, ada: Person, carla: Person
) -> None:
    source, target = a_case(carla), a_case(carla)
    due = open_due(source)["first_response"]
    move_message(a_message(source, by=carla), to=target, by=Actor.of(ada))
    assert open_due(source)["first_response"] == due


def test_moving_a_message_ends_waiting_for_the_client(ada: Person, carla: Person) -> None:
    source, target = a_case(carla), a_case(carla)
    a_message(target, by=ada, then=Move.WAIT_FOR_CLIENT)
    move_message(only_message(source), to=target, by=Actor.of(ada))
    target.refresh_from_db()
    assert target.state == "open"


def test_what_we_wrote_stays(ada: Person, carla: Person) -> None:
    source, target = a_case(carla), a_case(carla)
    answer = a_message(source, by=ada)
    with pytest.raises(Refused, match="stays where we wrote it"):
        move_message(answer, to=target, by=Actor.of(ada))


def test_nothing_moves_to_a_case_that_has_ended(ada: Person, carla: Person) -> None:
    source, target = a_case(carla), a_case(carla)
    move(target, Move.CLOSE, by=Actor.of(ada))
    with pytest.raises(Refused, match="has ended"):
        move_message(only_message(source), to=target, by=Actor.of(ada))
    assert only_message(source).case_id == source.pk


@pytest.mark.parametrize("who", ["carla", "cem", "gil", "ivy"])
def test_no_client_moves_or_splits(who: str, carla: Person, request: pytest.FixtureRequest) -> None:
    by = Actor.of(request.getfixturevalue(who))
    source, target = a_case(carla), a_case(carla)
    second = a_message(source, by=carla)
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="Only our own people"):
        move_message(second, to=target, by=by)
    with pytest.raises(Refused, match="Only our own people"):
        split(second, by=by)
    assert (source.messages.count(), Entry.objects.count()) == (2, entries)


def test_a_message_split_off_is_a_case_whose_client_gets_its_number(
    ada: Person, carla: Person
) -> None:
    source = a_case(carla)
    second = a_message(source, by=carla, text="By the way, the export fails too.")
    case = split(second, by=Actor.of(ada))
    assert (case.client, case.follows, only_message(case)) == (carla, source, second)
    acknowledge(Entry.objects.get(kind="case.opened", subject_id=case.pk))
    assert case.shown_number in OutboundMail.objects.get().subject


def test_splitting_takes_the_response_along_and_wins_no_time(
    policy: None, ada: Person, carla: Person
) -> None:
    early = timezone.now() - timedelta(days=3)
    source = a_case(carla, at=early)
    a_message(source, by=ada, at=early + timedelta(minutes=5))
    second = a_message(source, by=carla, at=early + timedelta(minutes=9))
    due = open_due(source)["next_response"]
    case = split(second, by=Actor.of(ada))
    assert open_due(case)["first_response"] == due
    assert "next_response" not in open_due(source)


def test_the_only_message_of_a_case_is_not_split_off(ada: Person, carla: Person) -> None:
    source = a_case(carla)
    with pytest.raises(Refused, match="only message"):
        split(only_message(source), by=Actor.of(ada))


def test_a_participants_message_becomes_a_case_of_their_own(
    ada: Person, carla: Person, gil: Person
) -> None:
    source = a_case(carla)
    join(source, gil, by=SYSTEM)
    case = split(a_message(source, by=gil), by=Actor.of(ada))
    assert (case.client, case.organisation) == (gil, gil.organisation)


def test_the_ledger_follows_a_mail_and_says_who_moved_it(ada: Person, carla: Person) -> None:
    mail = arrives()
    source, target = Case.objects.get(), a_case(carla)
    move_message(only_message(source), to=target, by=Actor.of(ada))
    mail = InboundMail.objects.get()
    assert (mail.state, mail.subject_id) == ("cased", target.pk)
    done = (mail.history[0]["by"], mail.history[0]["what"])
    assert done == ("Ada Lovelace", f"moved to case {target.shown_number}")


def test_nobody_finds_the_old_case_by_words_that_left_it(ada: Person, carla: Person) -> None:
    source, target = a_case(carla), a_case(carla)
    second = a_message(source, by=carla, text="The xylophone is out of tune.")
    move_message(second, to=target, by=Actor.of(ada))
    for entry in Entry.objects.filter(kind__startswith="case.message_moved"):
        index_anew(entry)
    found = Case.objects.filter(words__public="xylophone")
    assert list(found) == [target]
