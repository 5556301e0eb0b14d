"""A client who says nothing is nudged, then the chat ends; who left the queue is answered by mail.

Times are told from the first message; the site nudges after 5 minutes, ends after 10 more, and
takes a client for gone after 3.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import override_settings

from chat import mailing, presence
from chat.actions.handing_over import accept, transfer
from chat.idle.sweeping import note_life, sweep
from chat.models import Conversation, Line, Site
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person, Team
from tests.chat.talk import a_client, a_conversation, a_line, an_answer

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
NOBODY_LISTENS = "redis://localhost:1/0"


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.fixture
def waiting(carla: Person) -> Conversation:
    return a_conversation(a_client(carla), at=START)


@pytest.fixture
def answered(waiting: Conversation, ada: Person) -> Conversation:
    """In talk; the client has had an answer at minute 0 and said nothing since."""
    accept(waiting, by=ada, at=START)
    an_answer(waiting, ada, at=START)
    return waiting


def kinds_of(conversation: Conversation) -> list[str]:
    return list(conversation.lines.order_by("number").values_list("kind", flat=True))


def sweep_every_half_minute(first: float, last: float) -> None:
    for half in range(int(first * 2), int(last * 2) + 1):
        sweep(now=at(half / 2))


def now_of(conversation: Conversation) -> Conversation:
    return Conversation.objects.get(pk=conversation.pk)


def test_a_silent_client_is_nudged_once(answered: Conversation) -> None:
    assert [sweep(now=at(minute)) for minute in (4.9, 5, 5, 6)] == [0, 1, 0, 0]
    nudge = answered.lines.get(kind=Line.Kind.NUDGED)
    assert nudge.text == (
        "Are you still there? Without a word from you this chat ends in 10 minutes."
    )
    assert (nudge.author_label, nudge.public_number) == ("Waratah", 4)


def test_after_the_nudge_the_chat_ends_by_itself(answered: Conversation) -> None:
    sweep(now=at(5))
    assert sweep(now=at(14.9)) == 0
    assert [sweep(now=at(15)), sweep(now=at(15))] == [1, 0]
    ended = now_of(answered)
    assert (ended.state, ended.ended_by, ended.ended_at) == ("ended", "desk", at(15))
    assert kinds_of(answered)[-2:] == ["nudged", "ended"]


def test_its_case_and_its_transcript_follow_as_at_any_end(
    answered: Conversation, carla: Person
) -> None:
    sweep(now=at(5))
    sweep(now=at(15))
    entry = Entry.objects.get(kind="chat.ended")
    assert entry.data["reason"] == "Nobody wrote for 15 minutes. Write again whenever you like."
    mailing.mail_transcript(entry)
    assert OutboundMail.objects.get(kind="chat_transcript").to_address == carla.email
    assert answered.case.messages.count() == 2


def test_a_late_nudge_still_leaves_its_time(answered: Conversation) -> None:
    sweep(now=at(60))
    assert now_of(answered).state == "active"
    assert [sweep(now=at(69.9)), sweep(now=at(70))] == [0, 1]
    assert now_of(answered).state == "ended"


def test_a_word_of_the_client_stops_the_clock(answered: Conversation) -> None:
    sweep(now=at(5))
    a_line(answered, "Still here.", at=at(6))
    assert sweep(now=at(600)) == 0


def test_our_next_answer_starts_it_anew(answered: Conversation, ada: Person) -> None:
    sweep(now=at(5))
    a_line(answered, "Still here.", at=at(6))
    an_answer(answered, ada, "Good.", at=at(7))
    assert [sweep(now=at(11.9)), sweep(now=at(12))] == [0, 1]
    assert kinds_of(answered)[-1] == "nudged"


def test_while_it_is_our_turn_nobody_is_nudged(waiting: Conversation, ada: Person) -> None:
    accept(waiting, by=ada, at=START)
    assert sweep(now=at(600)) == 0


def test_a_whisper_moves_nothing(answered: Conversation, ada: Person) -> None:
    an_answer(answered, ada, "Never heard of them.", is_whisper=True, at=at(4))
    assert sweep(now=at(5)) == 1


def test_who_types_is_given_a_minute(answered: Conversation) -> None:
    note_life(answered.pk, at=at(4.5))
    assert [sweep(now=at(5)), sweep(now=at(5.5))] == [0, 1]


def test_a_site_may_wait_longer_and_may_never_end(answered: Conversation, ada: Person) -> None:
    Site.objects.update(nudge_after_minutes=20, close_after_minutes=0)
    an_answer(answered, ada, "And this.", at=at(1))
    assert [sweep(now=at(20)), sweep(now=at(21)), sweep(now=at(600))] == [0, 1, 0]
    assert answered.lines.get(kind="nudged").text == "Are you still there?"


def test_a_site_that_never_nudges_ends_nothing(answered: Conversation, ada: Person) -> None:
    Site.objects.update(nudge_after_minutes=0)
    an_answer(answered, ada, "And this.", at=at(1))
    assert sweep(now=at(600)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_nudge_once(answered: Conversation) -> None:
    def run(_: int) -> int:
        try:
            return sweep(now=at(5))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(run, range(4))) == 1
    assert kinds_of(answered).count("nudged") == 1


def test_who_left_the_queue_is_answered_by_mail(waiting: Conversation) -> None:
    sweep_every_half_minute(0.5, 3)
    assert now_of(waiting).state == "waiting"
    sweep_every_half_minute(3.5, 6)
    assert now_of(waiting).state == "message"
    assert kinds_of(waiting) == ["said", "left"]
    assert waiting.lines.get(kind="left").public_number is None
    assert Entry.objects.filter(kind="chat.left").count() == 1


def test_who_waits_with_the_page_open_waits_on(waiting: Conversation) -> None:
    async_to_sync(presence.see)(presence.of_visit(waiting.visit_id))
    sweep_every_half_minute(0.5, 8)
    assert (now_of(waiting).state, now_of(waiting).away_since) == ("waiting", None)


def test_a_client_on_the_next_page_has_not_left(waiting: Conversation, carla: Person) -> None:
    async_to_sync(presence.see)(presence.of_visit(a_client(carla).visit.pk))
    sweep_every_half_minute(0.5, 8)
    assert now_of(waiting).state == "waiting"


def test_who_comes_back_in_time_has_not_left(waiting: Conversation) -> None:
    sweep_every_half_minute(0.5, 2.5)
    async_to_sync(presence.see)(presence.of_visit(waiting.visit_id))
    sweep(now=at(3))
    async_to_sync(presence.leave)(presence.of_visit(waiting.visit_id))
    sweep_every_half_minute(3.5, 6)
    assert now_of(waiting).state == "waiting"


@override_settings(REDIS_URL=NOBODY_LISTENS)
def test_with_redis_away_nobody_is_taken_to_have_left(waiting: Conversation) -> None:
    sweep_every_half_minute(0.5, 8)
    assert now_of(waiting).state == "waiting"


def test_a_chat_handed_to_a_team_is_looked_after_again(
    answered: Conversation, ada: Person, db: None
) -> None:
    transfer(answered, to=Team.objects.create(name="Billing"), by=ada, at=at(1))
    sweep_every_half_minute(1.5, 6)
    assert now_of(answered).state == "message"


def test_a_chat_that_fails_holds_up_no_other(
    answered: Conversation, gil: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_conversation(a_client(gil), at=START)
    accept(other, by=ada, at=START)
    an_answer(other, ada, at=START)
    Line.objects.create(
        conversation=answered, number=answered.lines.count() + 1, kind="said", at=START
    )
    assert sweep(now=at(5)) == 1
    assert (kinds_of(other)[-1], now_of(answered).quiet_due_at) == ("nudged", at(10))
