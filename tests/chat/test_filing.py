"""What is said becomes the thread of the case; what nobody took goes by mail."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.mailroom import answering
from cases.thread.models import Message
from chat import filing, hearing, mailing
from chat.actions.ending import end
from chat.actions.receipting import note_client
from chat.models import Conversation, Line
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_message
from tests.chat.talk import WORDS, a_client, a_conversation, a_guest, a_line, an_answer

LATER = timedelta(minutes=2)


@pytest.fixture
def conversation(carla: Person) -> Conversation:
    return a_conversation(a_client(carla))


def now() -> datetime:
    return datetime.now(UTC)


def latest(kind: str) -> Entry:
    return Entry.objects.filter(kind=kind).latest("pk")


def test_lines_are_filed_in_order_and_once(conversation: Conversation, ada: Person) -> None:
    an_answer(conversation, ada)
    a_line(conversation, "Thank you.")
    filing.file_due(at=now())
    filing.file_due(at=now())
    thread = conversation.case.messages.in_order()
    assert [message.text for message in thread] == [WORDS, "I look at it.", "Thank you."]


def test_the_promise_of_a_first_answer_counts_the_time_of_the_line(
    conversation: Conversation, ada: Person
) -> None:
    answer = an_answer(conversation, ada)
    filing.file_lines(conversation.pk)
    conversation.case.refresh_from_db()
    assert conversation.case.first_answered_at == answer.at


def test_a_whisper_becomes_an_internal_note(conversation: Conversation, ada: Person) -> None:
    an_answer(conversation, ada, "They never pay.", is_whisper=True)
    filing.file_lines(conversation.pk)
    note = conversation.case.messages.get(text="They never pay.")
    assert note.visibility == "internal"


def test_what_is_said_in_the_chat_is_not_mailed_line_by_line(
    conversation: Conversation, ada: Person
) -> None:
    an_answer(conversation, ada)
    filing.file_lines(conversation.pk)
    answering.send_message(latest("case.replied"))
    assert OutboundMail.objects.count() == 0


def test_an_answer_that_no_browser_took_is_mailed_once(
    conversation: Conversation, ada: Person, carla: Person
) -> None:
    an_answer(conversation, ada)
    assert mailing.mail_due(at=now()) == 0
    assert mailing.mail_due(at=now() + LATER) == 1
    assert mailing.mail_due(at=now() + LATER) == 0
    mail = OutboundMail.objects.get()
    assert (mail.kind, mail.to_address) == ("case_message", carla.email)
    assert "I look at it." in mail.text


def test_an_answer_that_arrived_is_not_mailed(conversation: Conversation, ada: Person) -> None:
    line = an_answer(conversation, ada)
    note_client(conversation.pk, delivered=line.public_number or 0, read=0)
    assert mailing.mail_due(at=now() + LATER) == 0


def test_the_transcript_is_mailed_at_the_end_without_whispers(
    conversation: Conversation, ada: Person, carla: Person
) -> None:
    an_answer(conversation, ada)
    an_answer(conversation, ada, "They never pay.", is_whisper=True)
    end(conversation, who=Conversation.EndedBy.CLIENT, by=Actor.of(carla))
    mailing.mail_transcript(latest("chat.ended"))
    mail = OutboundMail.objects.get()
    assert (WORDS in mail.text, "I look at it." in mail.text) == (True, True)
    assert "never pay" not in mail.text
    assert conversation.case.shown_number in mail.subject


def test_to_a_claimed_address_go_our_words_alone(ada: Person) -> None:
    conversation = a_conversation(a_guest(), text="Buy pills at evil.example")
    an_answer(conversation, ada)
    end(conversation, who=Conversation.EndedBy.AGENT, by=Actor.of(ada))
    mailing.mail_transcript(latest("chat.ended"))
    mail = OutboundMail.objects.get()
    assert "I look at it." in mail.text
    assert "evil.example" not in mail.text.split("\n\n", 1)[1].split("See the case")[0]


def test_a_claimed_address_that_nobody_answered_gets_no_mail(db: None) -> None:
    conversation = a_conversation(a_guest())
    end(conversation, who=Conversation.EndedBy.CLIENT, by=Actor(None, "Vic"))
    mailing.mail_transcript(latest("chat.ended"))
    assert OutboundMail.objects.count() == 0


def test_a_reply_from_elsewhere_shows_in_the_chat_once(
    conversation: Conversation, carla: Person
) -> None:
    a_message(conversation.case, by=carla, text="By mail now.")
    for _ in range(2):
        hearing.hear_thread(latest("case.replied"))
    line = conversation.lines.get(kind=Line.Kind.THREAD)
    assert (line.text, line.public_number) == ("By mail now.", 2)


def test_a_claimer_reads_nothing_that_the_real_owner_writes(carla: Person) -> None:
    conversation = a_conversation(a_guest(email="carla@acme.example"))
    a_message(conversation.case, by=carla, text="Who is this?")
    hearing.hear_thread(latest("case.replied"))
    assert conversation.lines.get(kind=Line.Kind.THREAD).public_number is None


def test_what_the_chat_filed_comes_not_back_to_it(conversation: Conversation, ada: Person) -> None:
    an_answer(conversation, ada)
    filing.file_lines(conversation.pk)
    hearing.hear_thread(latest("case.replied"))
    assert conversation.lines.filter(kind=Line.Kind.THREAD).count() == 0
    assert Message.objects.count() == 2
