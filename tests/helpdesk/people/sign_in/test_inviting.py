"""Inviting somebody to set up their password."""

import pytest

from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from helpdesk.people.sign_in.inviting import InvitationRefused, invite
from helpdesk.people.sign_in.models import PasswordLink


def test_an_invitation_is_a_mail_with_a_link(acme: Organisation, root: Person) -> None:
    dora = Person.objects.create_user("dora", "dora@acme.example", organisation=acme)
    link = invite(dora, by=Actor.of(root))
    mail = OutboundMail.objects.get()
    assert (mail.kind, mail.to_address, mail.is_private) == (
        "account_invitation",
        "dora@acme.example",
        True,
    )
    assert link in mail.text
    assert link in mail.html
    assert "Root Banyan invites you" in mail.text


def test_it_is_kept_who_invited(acme: Organisation, root: Person) -> None:
    dora = Person.objects.create_user("dora", "dora@acme.example", organisation=acme)
    invite(dora, by=Actor.of(root))
    assert PasswordLink.objects.get().made_by == "Root Banyan"


def test_who_has_a_password_is_not_invited(carla: Person, root: Person) -> None:
    with pytest.raises(InvitationRefused, match="Carla Rossi has set up a password already"):
        invite(carla, by=Actor.of(root))
    assert not OutboundMail.objects.exists()
    assert not PasswordLink.objects.exists()


def test_who_is_deactivated_is_not_invited(acme: Organisation, root: Person) -> None:
    dora = Person.objects.create_user("dora", "dora@acme.example", is_active=False)
    with pytest.raises(InvitationRefused, match="is deactivated"):
        invite(dora, by=Actor.of(root))
    assert not OutboundMail.objects.exists()


def test_a_contact_made_from_mail_is_told_to_sign_in_with_the_address(root: Person) -> None:
    dora = Person.objects.create_user("contact-1a2b", "dora@acme.example")
    invite(dora, by=Actor.of(root))
    text = OutboundMail.objects.get().text
    assert "sign in with this address." in text
    assert "contact-1a2b" not in text
