"""To which case a mail goes: evidence first, then whether its sender takes part."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.actions.joining import join, propose
from cases.actions.moving import move
from cases.correspondence import case_token
from cases.lifecycle import Move
from cases.models import Case
from cases.thread.models import Message
from helpdesk.mail.signing import own_message_id, reply_address
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message
from tests.cases.mailroom.mails import arrives

pytestmark = pytest.mark.django_db


def our_id(case: Case) -> str:
    return f"<{own_message_id(case_token(case), key='a mail of ours')}>"


def texts(case: Case) -> list[str]:
    return list(case.messages.public().in_order().values_list("text", flat=True))


def test_a_reply_to_the_signed_address_joins_its_case(carla: Person) -> None:
    case = a_case(carla)
    mail = arrives(to=reply_address(case_token(case)), text="One more thing.")
    assert (mail.state, mail.subject_id) == ("replied", case.pk)
    assert texts(case)[-1] == "One more thing."
    assert mail.evidence["candidates"][0]["clue"] == "signed reply address"


@pytest.mark.parametrize("header", ["In_Reply_To", "References"])
def test_an_answer_to_one_of_our_mails_joins_its_case(header: str, carla: Person) -> None:
    case = a_case(carla)
    headers: dict[str, Any] = {header: f"<other@x.example> {our_id(case)}"}
    mail = arrives(**headers)
    assert (mail.state, mail.subject_id) == ("replied", case.pk)


def test_a_number_in_the_subject_joins_when_the_sender_takes_part(carla: Person) -> None:
    case = a_case(carla)
    mail = arrives(subject=f"About {case.shown_number}")
    assert (mail.state, mail.subject_id) == ("replied", case.pk)


def test_a_number_in_the_body_does_not_count(carla: Person) -> None:
    case = a_case(carla)
    mail = arrives(text=f"As in {case.shown_number}.")
    assert mail.state == "cased"
    assert Case.objects.count() == 2


@pytest.mark.parametrize("clue", ["address", "message id", "subject"])
def test_a_stranger_with_any_clue_gets_a_case_of_their_own_and_no_access(
    clue: str, carla: Person, gil: Person
) -> None:
    case = a_case(carla)
    clues: dict[str, dict[str, Any]] = {
        "address": {"to": reply_address(case_token(case))},
        "message id": {"In_Reply_To": our_id(case)},
        "subject": {"subject": f"Re: {case.shown_number}"},
    }
    mail = arrives(sender="gil@globex.example", **clues[clue])
    assert mail.state == "cased"
    own = Case.objects.exclude(pk=case.pk).get()
    assert (own.client, own.follows, len(texts(case))) == (gil, None, 1)
    assert not Case.objects.visible_to(gil).filter(pk=case.pk).exists()
    note = Message.objects.get(case=own, visibility="internal")
    assert case.shown_number in note.text


def test_the_same_words_about_a_case_that_is_not_there_open_one(carla: Person) -> None:
    mail = arrives(subject="Re: 99999999")
    assert (mail.state, mail.evidence["candidates"]) == ("cased", [])


@pytest.mark.parametrize("forged", ["c{pk}.aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "c{pk}", "{pk}"])
def test_an_address_that_we_did_not_sign_is_no_clue(forged: str, carla: Person) -> None:
    case = a_case(carla)
    mail = arrives(to=f"support+{forged.format(pk=case.pk)}@waratah.example")
    assert mail.state == "cased"


def test_the_signature_of_one_case_does_not_open_another(carla: Person) -> None:
    first, second = a_case(carla), a_case(carla)
    address = reply_address(case_token(first)).replace(f"c{first.pk}.", f"c{second.pk}.")
    assert arrives(to=address).state == "cased"


def test_somebody_who_joined_writes_on_the_case(carla: Person, gil: Person) -> None:
    case = a_case(carla)
    join(case, gil, by=SYSTEM)
    mail = arrives(sender=gil.email, subject=f"Re: {case.shown_number}")
    assert mail.state == "replied"


def test_somebody_merely_proposed_does_not(carla: Person, gil: Person) -> None:
    case = a_case(carla)
    propose(case, gil, why="in copy", by=SYSTEM)
    assert arrives(sender=gil.email, subject=f"Re: {case.shown_number}").state == "cased"


def test_a_reply_within_the_window_reopens(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    move(case, Move.RESOLVE, by=Actor.of(ada))
    arrives(In_Reply_To=our_id(case))
    assert Case.objects.get().state == "open"


def test_a_reply_after_the_window_opens_a_case_that_follows(ada: Person, carla: Person) -> None:
    case = a_case(carla, at=timezone.now() - timedelta(days=20))
    move(case, Move.CLOSE, by=Actor.of(ada), at=timezone.now() - timedelta(days=9))
    mail = arrives(In_Reply_To=our_id(case))
    assert mail.state == "cased"
    assert Case.objects.exclude(pk=case.pk).get().follows == case
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_only_what_was_written_now_is_shown_and_the_rest_is_kept(
    ada: Person, carla: Person
) -> None:
    case = a_case(carla)
    a_message(case, by=ada)
    quoted = "Fine now.\n\nOn Tue, 12 May 2026 at 12:00, Ada <support@waratah.example> wrote:\n> Hi"
    arrives(In_Reply_To=our_id(case), text=quoted)
    message = case.messages.order_by("pk").last()
    assert message is not None
    assert message.text == "Fine now."
    assert "Ada <support@waratah.example> wrote:" in message.quoted_text
