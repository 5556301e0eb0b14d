"""What becomes of a mail."""

from typing import Any

import pytest

from cases.mailroom.acknowledging import acknowledge
from cases.models import Case, Participant
from cases.thread.models import Message
from helpdesk.journal.models import Entry
from helpdesk.mail.models import InboundMail, OutboundMail
from helpdesk.mail.reading import LOOP_HEADER
from helpdesk.mail.signing import instance_mark
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.mailroom.mails import DISOWNED, SUPPORT, arrives, receives

pytestmark = pytest.mark.django_db


def test_a_mail_opens_a_case_of_its_sender(carla: Person) -> None:
    mail = arrives()
    case = Case.objects.get()
    assert (mail.state, mail.subject_id) == ("cased", case.pk)
    assert (case.client, case.organisation) == (carla, carla.organisation)
    assert (case.subject, case.channel, case.created_at) == (
        "Report is empty",
        "email",
        mail.received_at,
    )


def test_an_unknown_sender_becomes_a_contact_of_the_owner_of_the_domain(carla: Person) -> None:
    arrives(sender="Nia <nia@ACME.example>")
    nia = Case.objects.get().client
    assert (nia.full_name, nia.email, nia.organisation) == (
        "Nia",
        "nia@acme.example",
        carla.organisation,
    )
    assert not nia.has_usable_password()


@pytest.mark.parametrize("domain", ["elsewhere.example", "notacme.example", "acme.example.evil"])
def test_a_domain_that_nobody_owns_gives_no_organisation(domain: str, carla: Person) -> None:
    arrives(sender=f"nia@{domain}")
    assert Case.objects.get().organisation is None


@pytest.mark.parametrize("subject", ["CRITICAL", "critical: all down", "It is critical!"])
def test_the_word_critical_in_the_subject_makes_the_case_critical(
    subject: str, carla: Person
) -> None:
    arrives(subject=subject)
    assert Case.objects.get().priority == "critical"


@pytest.mark.parametrize("subject", ["Criticality", "uncritical", "mission-critical question"])
def test_a_longer_word_does_not(subject: str, carla: Person) -> None:
    arrives(subject=subject)
    assert Case.objects.get().priority == "medium"


def test_a_mail_without_subject_is_a_case_too(carla: Person) -> None:
    arrives(subject="")
    assert Case.objects.get().subject == "(no subject)"


def test_the_same_mail_twice_is_one_case(carla: Person) -> None:
    assert arrives().pk == arrives().pk
    assert InboundMail.objects.get().deliveries == 2
    assert Case.objects.count() == 1


def test_one_mail_to_two_addresses_of_the_desk_is_one_case(carla: Person) -> None:
    first = arrives(to=f"{SUPPORT}, help@waratah.example", delivered_to=[SUPPORT])
    second = arrives(to=f"{SUPPORT}, help@waratah.example", delivered_to=["help@waratah.example"])
    assert (second.copy_of, second.subject_id) == (first, first.subject_id)
    assert Case.objects.count() == 1


AUTOMATIC = [
    {"Auto_Submitted": "auto-replied"},
    {"Precedence": "bulk"},
    {"X_Auto_Response_Suppress": "All"},
    {"subject": "Automatic reply: Report is empty"},
    {"subject": "Abwesenheitsnotiz: Bericht"},
    {"sender": "no-reply@acme.example"},
]


@pytest.mark.parametrize("signs", AUTOMATIC)
def test_automatic_mail_is_filed_and_opens_nothing(signs: dict[str, Any], carla: Person) -> None:
    assert arrives(**signs).state == "automatic"
    assert not Case.objects.exists()


def test_an_automatic_answer_to_a_case_is_filed_there_for_us_alone(carla: Person) -> None:
    case = a_case(carla)
    before = Case.objects.get().version
    arrives(subject=f"Re: {case.shown_number}", Auto_Submitted="auto-replied", text="I am away.")
    filed = Message.objects.get(case=case, text="I am away.")
    assert (filed.visibility, filed.is_automatic) == ("internal", True)
    assert Case.objects.get().version == before


def test_our_own_mail_coming_back_is_filed(carla: Person) -> None:
    headers: dict[str, Any] = {LOOP_HEADER: instance_mark()}
    mail = arrives(**headers)
    assert (mail.state, Case.objects.exists()) == ("automatic", False)


def test_a_mail_that_its_domain_disowns_is_held(carla: Person) -> None:
    mail = arrives(auth=DISOWNED)
    assert mail.state == "quarantined"
    assert "DMARC" in mail.reason
    assert not Case.objects.exists()


def test_a_mail_in_the_name_of_one_of_ours_is_held_and_never_relayed(
    ada: Person, carla: Person
) -> None:
    case = a_case(carla)
    mail = arrives(sender=ada.email, subject=f"Re: {case.shown_number}", text="Wire the money.")
    assert mail.state == "quarantined"
    assert not Message.objects.filter(text="Wire the money.").exists()
    assert not OutboundMail.objects.exists()


def test_words_and_headers_from_outside_set_nothing(ada: Person, carla: Person) -> None:
    arrives(
        text="#priority critical\nowner: ada\nstate: closed",
        X_Waratah_Priority="critical",
        X_Priority="1",
        X_RT_Owner="ada",
        X_Zammad_Ticket_Priority="critical",
    )
    case = Case.objects.get()
    assert (case.priority, case.assignee, case.state) == ("medium", None, "new")


def test_people_in_copy_are_proposed_and_see_nothing(carla: Person, gil: Person) -> None:
    arrives(Cc="gil@globex.example, stranger@nowhere.example")
    proposed = Participant.objects.get()
    assert (proposed.person, proposed.state) == (gil, "proposed")
    assert not Case.objects.visible_to(gil).exists()
    assert not Person.objects.filter(email="stranger@nowhere.example").exists()


def test_a_bounce_of_our_mail_is_noted_on_its_case(carla: Person) -> None:
    case = a_case(carla)
    acknowledge(Entry.objects.get(kind="case.opened"))
    sent = OutboundMail.objects.get()
    report = (
        "Reporting-MTA: dns; mx.acme.example\n\nFinal-Recipient: rfc822; carla@acme.example\n"
        "Action: failed\nStatus: 5.1.1\n"
    )
    raw = (
        "From: MAILER-DAEMON@mx.acme.example\r\nTo: support@waratah.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <b@mx.acme.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"{report}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: <{sent.message_id}>\r\nSubject: x\r\n\r\nx\r\n--b--\r\n"
    )
    mail = receives(raw.encode())
    assert mail.state == "automatic"
    assert OutboundMail.objects.get().state == "bounced"
    assert Entry.objects.filter(kind="case.mail_failed", subject_id=case.pk).exists()


LIST_FOOT = "\n\n_______________________\nThe list of all users: users@lists.acme.example\n"


def test_the_same_mail_by_a_mailing_list_is_one_message_of_one_case(carla: Person) -> None:
    first = arrives()
    by_list = arrives(
        subject="[users] Report is empty",
        text=f"No rows since this morning.{LIST_FOOT}",
        List_Id="<users.lists.acme.example>",
        Precedence="list",
    )
    assert (by_list.state, by_list.subject_id) == ("cased", first.subject_id)
    assert by_list.evidence == {"same_as": first.pk}
    assert (Case.objects.count(), Message.objects.count()) == (1, 1)


def test_the_list_may_be_faster_than_the_mail_itself(carla: Person) -> None:
    by_list = arrives(text=f"No rows since this morning.{LIST_FOOT}", Precedence="list")
    assert arrives().subject_id == by_list.subject_id
    assert (Case.objects.count(), Message.objects.count()) == (1, 1)


def test_another_author_cannot_hide_behind_a_known_message_id(carla: Person, gil: Person) -> None:
    arrives()
    arrives(sender=gil.email, text="No rows since this morning. And more.")
    assert Case.objects.count() == 2


def test_a_program_that_writes_one_message_id_into_many_mails_loses_none(carla: Person) -> None:
    arrives()
    arrives(text="Now the export fails.")
    assert Message.objects.count() == 2


def test_a_client_who_writes_through_a_list_gets_a_case(carla: Person) -> None:
    mail = arrives(Precedence="list", List_Id="<users.lists.acme.example>")
    assert mail.state == "cased"


def test_the_desk_in_to_and_in_copy_is_one_case(carla: Person) -> None:
    arrives(Cc="help@waratah.example", delivered_to=[SUPPORT])
    arrives(Cc="help@waratah.example", delivered_to=["help@waratah.example"])
    assert (Case.objects.count(), Message.objects.count()) == (1, 1)


def test_answers_that_come_before_their_question_end_on_one_case(carla: Person) -> None:
    case = a_case(carla)
    second = arrives(subject=f"Re: {case.shown_number}", text="Second.", message_id="<2@a.example>")
    first = arrives(subject=f"Re: {case.shown_number}", text="First.", message_id="<1@a.example>")
    assert {first.subject_id, second.subject_id} == {case.pk}
    assert Case.objects.count() == 1
