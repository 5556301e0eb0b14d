"""The number goes back: once, to the client alone, and without a stranger's words."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.mailroom.acknowledging import acknowledge
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.builders import a_case, a_policy
from tests.cases.entitlements.desk import a_package, gave
from tests.cases.mailroom.mails import VOUCHED, arrives
from tests.cases.oncall.desk import NIGHT
from tests.helpdesk.calendars.desk import a_calendar

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


@time_machine.travel(NIGHT, tick=False)
def test_at_night_the_mail_says_when_we_open_and_what_to_do_in_an_emergency(
    carla: Person,
) -> None:
    a_calendar("office")
    a_policy("medium", first_response="8 hours")
    case = a_case(carla, at=NIGHT)
    acknowledge(Entry.objects.get(subject_id=case.pk, kind="case.opened"))
    text = OutboundMail.objects.get().text
    assert "Our office is closed now. It opens Thu 2 Jul, 09:00 (Melbourne)." in text
    assert "write a mail with the word “critical” in its subject" in text


@time_machine.travel(NIGHT, tick=False)
def test_of_a_critical_case_the_mail_says_nothing_of_office_hours(carla: Person) -> None:
    a_calendar("office")
    a_policy("critical", first_response="2 hours")
    case = a_case(carla, at=NIGHT, priority="critical")
    acknowledge(Entry.objects.get(subject_id=case.pk, kind="case.opened"))
    assert "Our office is" not in OutboundMail.objects.get().text


def shut_out(carla: Person) -> None:
    organisation = carla.organisation
    assert organisation is not None
    since = timezone.localdate() - timedelta(days=30)
    package = a_package("Basic", channels=["portal"])
    gave(organisation, package, since=since, now=timezone.now())


def test_a_mail_outside_of_the_package_is_a_case_and_its_client_reads_what_to_use(
    carla: Person,
) -> None:
    shut_out(carla)
    arrives(subject="Report is empty", auth=VOUCHED)
    assert Case.objects.get().channel == "email"
    assert "Your package Basic does not include e-mail." in acknowledged().text


def test_a_critical_case_is_taken_whatever_the_package_holds(carla: Person) -> None:
    shut_out(carla)
    arrives(subject="Critical: nobody gets in", auth=VOUCHED)
    assert "does not include" not in acknowledged().text
