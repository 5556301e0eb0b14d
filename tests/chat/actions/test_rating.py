"""At the end of a chat one question, answered in the pop-up or by the transcript, counted once."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.moving import move
from cases.actions.refusing import Refused
from cases.lifecycle import Move
from cases.satisfaction import answering
from cases.satisfaction.asking import ask, survey_of_chat
from cases.satisfaction.models import Survey, Tally
from cases.satisfaction.tokens import token_of
from chat import mailing, wire
from chat.actions.ending import end
from chat.actions.handing_over import accept
from chat.actions.rating import hear_rating, rate
from chat.filing import file_lines
from chat.models import Conversation
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_conversation, a_guest, an_answer


def now() -> datetime:
    return datetime.now(UTC)


def ended(conversation: Conversation, ada: Person) -> Conversation:
    return end(conversation, who=Conversation.EndedBy.AGENT, by=Actor.of(ada))


@pytest.fixture
def conversation(carla: Person, ada: Person) -> Conversation:
    """A chat that Ada answered and ended."""
    talk = a_conversation(a_client(carla))
    accept(talk, by=ada)
    an_answer(talk, ada)
    return ended(talk, ada)


def latest(kind: str) -> Entry:
    return Entry.objects.filter(kind=kind).latest("pk")


def figures() -> tuple[int, int, int]:
    return Tally.objects.values_list("asked", "good", "bad").get()


def rating_of(conversation: Conversation) -> str:
    return Conversation.objects.get(pk=conversation.pk).rating


def test_the_end_asks_once_about_whoever_answered(conversation: Conversation, ada: Person) -> None:
    survey = Survey.objects.get()
    assert (survey.occasion, survey.agent, figures()) == ("chat", ada, (1, 0, 0))
    assert wire.news_for_client(conversation, after=0)["rating"] == "asked"


def test_who_was_never_answered_is_not_asked(carla: Person, ada: Person) -> None:
    assert ended(a_conversation(a_client(carla)), ada).rating == ""
    assert not Survey.objects.exists()


def test_one_click_in_the_pop_up_counts_once(conversation: Conversation, carla: Person) -> None:
    for is_good in (True, False):
        rate(conversation, is_good=is_good, by=Actor.of(carla), at=now())
    assert (rating_of(conversation), figures()) == ("good", (1, 1, 0))
    assert Survey.objects.get().answered_by == "chat"


def test_nobody_rates_before_the_end(carla: Person) -> None:
    conversation = a_conversation(a_client(carla))
    with pytest.raises(Refused, match="once a chat has ended"):
        rate(conversation, is_good=True, by=Actor.of(carla), at=now())
    assert not Entry.objects.filter(kind="case.rated").exists()


def test_the_transcript_asks_with_two_links(conversation: Conversation) -> None:
    mailing.mail_transcript(latest("chat.ended"))
    mail = OutboundMail.objects.get()
    survey = Survey.objects.get()
    assert f"/feedback/{token_of(survey)}/?answer=good" in mail.text
    assert mail.html.count("/feedback/") == 2


def test_the_transcript_of_who_answered_already_does_not_ask(
    conversation: Conversation, carla: Person
) -> None:
    rate(conversation, is_good=True, by=Actor.of(carla), at=now())
    mailing.mail_transcript(latest("chat.ended"))
    text = OutboundMail.objects.get().text
    assert ("How did it go" in text, "It went well" in text) == (False, False)


def test_an_answer_by_the_transcript_shows_in_the_chat_too(
    conversation: Conversation, client: Client
) -> None:
    address = reverse("satisfaction:answer", args=[token_of(Survey.objects.get())])
    client.post(address, {"answer": "bad"})
    for _ in range(2):
        hear_rating(latest("case.rated"))
    assert (rating_of(conversation), figures()) == ("bad", (1, 0, 1))


def test_a_case_is_not_asked_about_again_when_it_is_resolved(
    conversation: Conversation, ada: Person
) -> None:
    file_lines(conversation.pk)
    move(conversation.case, Move.RESOLVE, by=Actor.of(ada), at=now())
    ask(latest("case.moved"))
    assert (Survey.objects.count(), figures()) == (1, (1, 0, 0))


def test_a_case_that_was_asked_about_is_not_asked_about_after_its_chat(
    carla: Person, ada: Person
) -> None:
    talk = a_conversation(a_client(carla))
    an_answer(talk, ada)
    file_lines(talk.pk)
    move(talk.case, Move.RESOLVE, by=Actor.of(ada), at=now())
    ask(latest("case.moved"))
    assert ended(talk, ada).rating == ""
    assert Survey.objects.get().occasion == "resolution"


def test_a_claimer_answers_in_their_own_name(ada: Person) -> None:
    talk = a_conversation(a_guest(email="carla@acme.example"))
    an_answer(talk, ada)
    rate(ended(talk, ada), is_good=True, by=Actor(None, "Vic"), at=now())
    assert latest("case.rated").actor_label == "Vic"


def test_the_first_of_two_ways_counts(conversation: Conversation, carla: Person) -> None:
    survey = survey_of_chat(conversation.case_id)
    assert survey is not None
    rate(conversation, is_good=True, by=Actor.of(carla), at=now())
    assert not answering.record(survey, is_good=False, comment="", by="mail", at=now())
    assert figures() == (1, 1, 0)
