"""Agents who answer from their mail program (security.md T4): off, and proven or held."""

import pytest
from pytest_django.fixtures import Settings

from cases.correspondence import agent_token, case_token
from cases.mailroom import by_mail
from cases.models import Case
from cases.telling import ours_of_message
from cases.thread.models import Message
from helpdesk.journal.models import Entry
from helpdesk.mail import ledger
from helpdesk.mail.authentication import AuthVerdict
from helpdesk.mail.models import InboundMail, OutboundMail
from helpdesk.mail.processing import process
from helpdesk.mail.signing import reply_address
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person, Role
from tests.builders import a_case, a_message
from tests.cases.mailroom.mails import arrives

pytestmark = pytest.mark.django_db

REAL = AuthVerdict(by="mx.test", dmarc="pass", dmarc_domain="desk.example")
WORDS = "Please reload the page."


@pytest.fixture(autouse=True)
def _on(settings: Settings) -> None:
    settings.MAIL_AGENTS_MAY_REPLY = True


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla)


def writes(
    agent: Person, *, to: str, auth: AuthVerdict | None = REAL, text: str = WORDS, **more: str
) -> InboundMail:
    return arrives(sender=agent.email, to=to, auth=auth, text=text, message_id="<a@x>", **more)


def address(case: Case, agent: Person) -> str:
    return reply_address(agent_token(case, agent))


def is_sent() -> bool:
    return Message.objects.filter(text=WORDS).exists()


def test_an_answer_to_the_agents_own_address_goes_to_the_client(case: Case, ada: Person) -> None:
    mail = writes(ada, to=address(case, ada))
    message = Message.objects.get(text=WORDS)
    assert (mail.state, mail.subject_id) == ("replied", case.pk)
    assert (message.author, message.is_ours, message.visibility) == (ada, True, "public")
    assert Case.objects.get(pk=case.pk).first_answered_at == mail.received_at


def test_it_is_off_unless_switched_on(case: Case, ada: Person, settings: Settings) -> None:
    settings.MAIL_AGENTS_MAY_REPLY = False
    mail = writes(ada, to=address(case, ada))
    assert (mail.state, mail.reason) == ("quarantined", by_mail.OFF)
    assert not is_sent()


@pytest.mark.parametrize(
    "auth",
    [
        None,
        AuthVerdict(by="mx.test", spf="pass", spf_domain="desk.example"),
        AuthVerdict(by="mx.test", dmarc="pass", dmarc_domain="evil.example"),
    ],
)
def test_without_an_aligned_dmarc_pass_it_is_held(
    auth: AuthVerdict | None, case: Case, ada: Person
) -> None:
    mail = writes(ada, to=address(case, ada), auth=auth)
    assert (mail.state, mail.reason) == ("quarantined", by_mail.UNPROVEN)
    assert not is_sent()


def test_the_address_of_another_agent_does_not_do(case: Case, ada: Person, ben: Person) -> None:
    mail = writes(ben, to=address(case, ada), subject=f"Re: {case.shown_number}")
    assert (mail.state, mail.reason) == ("quarantined", by_mail.UNPROVEN)
    assert not is_sent()


def test_the_clients_address_of_the_case_does_not_do(case: Case, ada: Person) -> None:
    mail = writes(ada, to=reply_address(case_token(case)))
    assert (mail.state, mail.reason) == ("quarantined", by_mail.UNPROVEN)
    assert not is_sent()


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.CLIENT}])
def test_access_is_asked_when_the_mail_is_processed(
    change: dict[str, object], case: Case, ada: Person
) -> None:
    own_address = address(case, ada)
    Person.objects.filter(pk=ada.pk).update(**change)
    writes(ada, to=own_address)
    assert case.messages.count() == 1
    assert Case.objects.get(pk=case.pk).first_answered_at is None


def test_what_is_held_is_sent_when_a_person_says_that_it_is_real(
    case: Case, ada: Person, lea: Person
) -> None:
    mail = writes(ada, to=address(case, ada), auth=None)
    ledger.not_spam(mail, by=Actor.of(lea))
    process(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.history[0]["by"]) == ("replied", "Lea Novak")
    assert is_sent()


def test_the_notice_that_was_quoted_stays_out(case: Case, ada: Person) -> None:
    quoted = f"{WORDS}\n\nOn Tue, 12 May 2026 at 12:00, Waratah wrote:\n> Open it in the console"
    writes(ada, to=address(case, ada), text=quoted)
    message = Message.objects.get(text=WORDS)
    assert (message.quoted_text, message.html) == ("", "")


def test_an_answer_without_words_is_held(case: Case, ada: Person) -> None:
    mail = writes(ada, to=address(case, ada), text="> Open it in the console\n")
    assert mail.state == "quarantined"
    assert case.messages.count() == 1


@pytest.mark.parametrize(("is_on", "has_address"), [(True, True), (False, False)])
def test_only_where_it_is_on_do_notices_carry_the_agents_address(
    is_on: bool, has_address: bool, case: Case, ada: Person, settings: Settings
) -> None:
    settings.MAIL_AGENTS_MAY_REPLY = is_on
    Case.objects.update(assignee=ada)
    a_message(case, by=case.client)
    ours_of_message(Entry.objects.get(kind="case.replied"))
    notice = OutboundMail.objects.get()
    assert (notice.headers.get("Reply-To") == address(case, ada)) is has_address
    assert ("a reply to this mail is not read" in notice.text) is not has_address


def test_a_question_of_one_of_ours_is_a_case(ada: Person) -> None:
    assert arrives(sender=ada.email, auth=REAL).state == "cased"
