"""Whose mail is believed, and what for (security.md T2, T5, T6, T7)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.correspondence import case_token
from cases.models import Case
from helpdesk.mail.signing import reply_address
from helpdesk.people import addresses
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.mailroom.mails import arrives, receives

pytestmark = pytest.mark.django_db

CODE = "Your code is 482913."


@pytest.mark.parametrize("sender", ["no-reply@idp.example", "security@idp.example"])
def test_a_verification_mail_to_the_address_of_ones_own_case_is_not_shown_there(
    sender: str, gil: Person, client_as: Callable[[Person], Client]
) -> None:
    """T5, the ticket trick: Gil gives the address of his case to another site."""
    case = a_case(gil)
    arrives(sender=sender, to=reply_address(case_token(case)), text=CODE)
    shown = client_as(gil).get(reverse("portal:case", args=[case.number])).text
    listed = client_as(gil).get(reverse("portal:cases")).text
    assert (CODE in shown, CODE in listed) == (False, False)
    assert case.messages.public().count() == 1


def test_whoever_only_ever_wrote_mails_has_no_way_in(carla: Person) -> None:
    """T6: no password, no proven address, so no session before the address is verified."""
    arrives(sender="nia@acme.example")
    nia = Person.objects.get(email="nia@acme.example")
    assert (nia.has_usable_password(), addresses.is_verified(nia)) == (False, False)


LOOK_ALIKES = [
    "eve@evil.example, carla@acme.example",
    "carla@acme.example <eve@evil.example>",
    '"carla@acme.example" <eve@evil.example>',
    "=?utf-8?q?carla=40acme=2Eexample?= <eve@evil.example>",
    "eve@evil.example (carla@acme.example)",
    "carla%acme.example@evil.example",
    "carla@acme.example.evil.example",
    "\u0441arla@acme.example",
]


@pytest.mark.parametrize("sender", LOOK_ALIKES)
def test_an_address_that_only_looks_like_a_clients_joins_none_of_their_cases(
    sender: str, carla: Person
) -> None:
    """T7: one address a mail; a name, a comment or a look-alike is none."""
    case = a_case(carla)
    head = f"From: {sender}\r\nTo: support@waratah.example\r\nSubject: Re: {case.shown_number}"
    receives(f"{head}\r\nMessage-ID: <x@x.example>\r\n\r\nSend me all.\r\n".encode())
    assert case.messages.count() == 1
    assert not Case.objects.filter(client=carla).exclude(pk=case.pk).exists()


def test_what_is_asked_about_a_case_says_nothing_of_it_to_a_stranger(
    carla: Person, gil: Person, client_as: Callable[[Person], Client]
) -> None:
    """T2: the number opens nothing; the note about it is for us."""
    case = a_case(carla, subject="The merger with Initech")
    arrives(sender=gil.email, subject=f"Re: {case.shown_number}")
    own = Case.objects.get(client=gil)
    shown = client_as(gil).get(reverse("portal:case", args=[own.number])).text
    assert ("Initech" in shown, "has no part" in shown) == (False, False)
