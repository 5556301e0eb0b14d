"""The number goes back: once, to the client alone, and without a stranger's words."""

import pytest

from cases.mailroom.acknowledging import acknowledge
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.mailroom.mails import VOUCHED, arrives

pytestmark = pytest.mark.django_db


def acknowledged() -> OutboundMail:
    acknowledge(Entry.objects.get(kind="case.opened"))
    return OutboundMail.objects.get()


def test_a_signed_in_client_reads_number_subject_and_promise_in_two_lines(carla: Person) -> None:
    case = a_case(carla, subject="Report is empty")
    mail = acknowledged()
    assert mail.subject == f"[{case.shown_number}] Report is empty"
    first = mail.text.splitlines()[0]
    assert first == f"Your case has the number {case.shown_number}: Report is empty"
    assert (mail.to_address, mail.automatic) == (carla.email, "auto-replied")


def test_a_mail_that_nobody_vouches_for_gets_the_number_and_none_of_its_words(
    carla: Person,
) -> None:
    arrives(subject="Buy cheap pills", sender="Win Big <carla@acme.example>")
    mail = acknowledged()
    number = Case.objects.get().shown_number
    assert mail.subject == f"[{number}] We have your message"
    assert "pills" not in mail.text + mail.html + mail.subject
    assert "Win Big" not in mail.text + mail.html + mail.to_name


def test_a_mail_that_its_domain_confirms_is_answered_like_a_signed_in_client(
    carla: Person,
) -> None:
    arrives(subject="Report is empty", auth=VOUCHED)
    assert "Report is empty" in acknowledged().subject


def test_the_answer_stands_in_the_thread_of_the_clients_mail(carla: Person) -> None:
    arrives(message_id="<first@acme.example>")
    assert acknowledged().headers["In-Reply-To"] == "<first@acme.example>"


def test_acknowledging_twice_is_one_mail(carla: Person) -> None:
    a_case(carla)
    acknowledged()
    acknowledged()
    assert OutboundMail.objects.count() == 1


def test_a_case_that_we_opened_is_not_acknowledged(ada: Person, carla: Person) -> None:
    a_case(carla, by=ada, is_ours=True)
    acknowledge(Entry.objects.get(kind="case.opened"))
    assert not OutboundMail.objects.exists()
