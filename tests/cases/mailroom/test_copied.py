"""Who in copy of a mail joins by himself, and who waits for a click (security.md T1)."""

import pytest

from cases.actions.joining import leave
from cases.mailroom.answering import send_message
from cases.models import Case, Participant
from helpdesk.journal.models import Entry
from helpdesk.mail.authentication import AuthVerdict
from helpdesk.mail.models import OutboundMail
from helpdesk.people import addresses
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case, a_message
from tests.cases.mailroom.mails import VOUCHED, arrives

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _acme_shares(acme: Organisation) -> None:
    acme.shares_cases = True
    acme.save()


def state_of(person: Person) -> str:
    return Participant.objects.get(person=person).state


def test_a_colleague_with_an_account_joins_by_himself(carla: Person, ivy: Person) -> None:
    arrives(Cc=ivy.email, auth=VOUCHED)
    assert state_of(ivy) == "joined"


def test_a_colleague_named_beside_the_desk_joins_too(carla: Person, ivy: Person) -> None:
    arrives(to=f"support@waratah.example, {ivy.email}", auth=VOUCHED)
    assert state_of(ivy) == "joined"


@pytest.mark.parametrize(
    "auth",
    [
        None,
        AuthVerdict(by="mx.test", spf="pass", spf_domain="acme.example"),
        AuthVerdict(by="mx.test", dmarc="none", dmarc_domain="acme.example"),
        AuthVerdict(by="mx.test", dmarc="pass", dmarc_domain="other.example"),
    ],
)
def test_not_when_the_mail_is_not_authenticated(
    auth: AuthVerdict | None, carla: Person, ivy: Person
) -> None:
    arrives(Cc=ivy.email, auth=auth)
    assert state_of(ivy) == "proposed"


def test_not_when_the_organisation_keeps_cases_apart(
    acme: Organisation, carla: Person, ivy: Person
) -> None:
    Organisation.objects.update(shares_cases=False)
    arrives(Cc=ivy.email, auth=VOUCHED)
    assert state_of(ivy) == "proposed"
    assert not Case.objects.visible_to(Person.objects.get(pk=ivy.pk)).exists()


def test_not_when_the_address_is_not_proven(carla: Person, ivy: Person) -> None:
    addresses.forget_proof(ivy)
    arrives(Cc=ivy.email, auth=VOUCHED)
    assert state_of(ivy) == "proposed"


def test_not_when_there_is_no_account(carla: Person, ivy: Person) -> None:
    ivy.set_unusable_password()
    ivy.save()
    arrives(Cc=ivy.email, auth=VOUCHED)
    assert state_of(ivy) == "proposed"


def test_not_somebody_of_another_organisation(carla: Person, gil: Person) -> None:
    arrives(Cc=gil.email, auth=VOUCHED)
    assert state_of(gil) == "proposed"
    assert not Case.objects.visible_to(gil).exists()


def test_not_on_a_case_of_another_organisation(carla: Person, gil: Person, ivy: Person) -> None:
    case = a_case(gil)
    Participant.objects.create(case=case, person=carla, state="joined")
    arrives(Cc=ivy.email, auth=VOUCHED, subject=f"Re: {case.shown_number}")
    assert state_of(ivy) == "proposed"
    assert not Case.objects.visible_to(ivy).exists()


def test_not_somebody_whom_we_left_out_before(ada: Person, carla: Person, ivy: Person) -> None:
    arrives(Cc=ivy.email)
    case = Case.objects.get()
    leave(case, ivy, by=Actor.of(ada))
    arrives(
        Cc=ivy.email,
        auth=VOUCHED,
        subject=f"Re: {case.shown_number}",
        message_id="<2@acme.example>",
    )
    assert state_of(ivy) == "declined"


def test_a_stranger_in_copy_is_not_even_made_a_contact(carla: Person) -> None:
    arrives(Cc="stranger@acme.example", auth=VOUCHED)
    assert not Participant.objects.exists()
    assert not Person.objects.filter(email="stranger@acme.example").exists()


def test_whoever_is_proposed_receives_nothing(ada: Person, carla: Person, gil: Person) -> None:
    arrives(Cc=gil.email, auth=VOUCHED)
    a_message(Case.objects.get(), by=ada)
    send_message(Entry.objects.get(kind="case.replied"))
    assert list(OutboundMail.objects.values_list("to_address", flat=True)) == [carla.email]


def test_one_of_ours_in_copy_is_neither_proposed_nor_shown(ada: Person, carla: Person) -> None:
    arrives(Cc=ada.email, auth=VOUCHED)
    assert not Participant.objects.exists()
