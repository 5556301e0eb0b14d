"""A public message leaves to everybody on the client's side, and to nobody else."""

import pytest

from cases.actions.joining import join, propose
from cases.mailroom.answering import send_message
from cases.mailroom.deliveries import deliveries_of
from cases.mailroom.hearing import hear
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.signing import read_reply_address
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person
from tests.builders import a_case, a_message, a_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla)


def sent() -> list[str]:
    send_message(Entry.objects.filter(kind="case.replied").latest("pk"))
    return sorted(OutboundMail.objects.values_list("to_address", flat=True))


def test_an_answer_goes_to_the_client(case: Case, ada: Person, carla: Person) -> None:
    a_message(case, by=ada, text="Please reload.")
    assert sent() == [carla.email]
    mail = OutboundMail.objects.get()
    assert "Please reload." in mail.text
    assert read_reply_address(mail.headers["Reply-To"]) == f"c{case.pk}"


def test_it_goes_to_whoever_joined_and_not_to_whoever_is_proposed(
    case: Case, ada: Person, carla: Person, cem: Person, gil: Person
) -> None:
    join(case, cem, by=SYSTEM)
    propose(case, gil, why="in copy", by=SYSTEM)
    a_message(case, by=ada)
    assert sent() == sorted([carla.email, cem.email])


def test_a_clients_own_message_is_not_sent_back_to_them(
    case: Case, carla: Person, cem: Person
) -> None:
    join(case, cem, by=SYSTEM)
    a_message(case, by=carla)
    assert sent() == [cem.email]


def test_nothing_internal_leaves(case: Case, ada: Person) -> None:
    a_note(case, by=ada, text="They never pay in time.")
    a_message(case, by=ada, text="Please reload.")
    sent()
    assert "never pay" not in OutboundMail.objects.get().text


def test_sending_twice_is_one_mail(case: Case, ada: Person) -> None:
    a_message(case, by=ada)
    assert sent() == sent()


def test_the_fate_of_each_mail_stands_below_its_message(
    case: Case, ada: Person, carla: Person
) -> None:
    message = a_message(case, by=ada)
    sent()
    [shown] = deliveries_of([message])[message.pk]
    assert shown.words == f"{carla.email}: Waiting"


def test_a_mail_that_failed_is_said_on_the_case(case: Case, ada: Person, carla: Person) -> None:
    a_message(case, by=ada)
    sent()
    mail = OutboundMail.objects.get()
    mail.state, mail.last_error = "failed", "No such mailbox."
    hear(mail)
    entry = Entry.objects.get(kind="case.mail_failed")
    assert entry.sentence == (f"The mail to {carla.email} could not be delivered: No such mailbox.")
    assert entry.audience == "agents"
