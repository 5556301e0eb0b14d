"""Mails for a case that was merged find the one that goes on (sla.md part 4, merge)."""

import pytest

from cases.actions.merging import merge
from cases.correspondence import agent_token, case_token
from cases.mailroom.binding import bind, bound_case
from cases.models import Case
from helpdesk.mail.signing import own_message_id, reply_address
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.mailroom.mails import VOUCHED, arrives

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(carla: Person) -> Case:
    return a_case(carla)


@pytest.fixture
def kept(source: Case, carla: Person, ada: Person) -> Case:
    return merge(source, into=a_case(carla), by=Actor.of(ada))


def test_the_signed_reply_address_of_the_old_case_leads_to_the_kept_one(
    source: Case, kept: Case
) -> None:
    mail = arrives(to=reply_address(case_token(source)), text="Any news?")
    assert (mail.state, mail.subject_id) == ("replied", kept.pk)
    assert kept.messages.in_order().last().text == "Any news?"  # type: ignore[union-attr]


def test_an_answer_to_a_mail_of_the_old_case_leads_to_the_kept_one(
    source: Case, kept: Case
) -> None:
    parent = own_message_id(case_token(source), key="message:1:1")
    mail = arrives(In_Reply_To=parent)
    assert (mail.state, mail.subject_id) == ("replied", kept.pk)


def test_the_old_number_in_a_subject_leads_to_the_kept_case(source: Case, kept: Case) -> None:
    mail = arrives(subject=f"Again: {source.shown_number}")
    assert (mail.state, mail.subject_id) == ("replied", kept.pk)


def test_a_mail_of_the_same_thread_leads_to_the_kept_case(carla: Person, ada: Person) -> None:
    first = arrives(message_id="<begin@acme.example>")
    source = Case.objects.get(pk=first.subject_id or 0)
    kept = merge(source, into=a_case(carla), by=Actor.of(ada))
    later = arrives(message_id="<later@acme.example>", References="<begin@acme.example>")
    assert (later.state, later.subject_id) == ("replied", kept.pk)


def test_a_chain_of_merges_is_followed_to_its_end(
    source: Case, kept: Case, carla: Person, ada: Person
) -> None:
    last = merge(kept, into=a_case(carla), by=Actor.of(ada))
    mail = arrives(to=reply_address(case_token(source)))
    assert mail.subject_id == last.pk


def test_an_old_address_lets_nobody_in(source: Case, kept: Case, gil: Person) -> None:
    mail = arrives(sender="Gil Tran <gil@globex.example>", to=reply_address(case_token(source)))
    assert (mail.state, mail.subject_id == kept.pk) == ("cased", False)


def test_mails_of_a_bound_sender_go_to_the_kept_case(
    source: Case, carla: Person, ada: Person
) -> None:
    bind(source, carla, by=Actor.of(ada))
    kept = merge(source, into=a_case(carla), by=Actor.of(ada))
    assert bound_case(carla, now=kept.updated_at) == kept


def test_an_agents_answer_to_a_notice_of_the_old_case_is_sent_on_the_kept_one(
    source: Case, kept: Case, ada: Person, settings: pytest.FixtureRequest
) -> None:
    settings.MAIL_AGENTS_MAY_REPLY = True  # type: ignore[attr-defined]
    vouched = VOUCHED.__class__(by="mx.test", dmarc="pass", dmarc_domain="desk.example")
    address = reply_address(agent_token(source, ada))
    mail = arrives(sender="Ada <ada@desk.example>", to=address, text="It is live.", auth=vouched)
    assert (mail.state, mail.subject_id) == ("replied", kept.pk)
