"""Whom a provider may sign in: linked by issuer and subject, or a client of a domain it speaks for.

Our own people never come in this way: a client's provider must not be able to name one of us
(`security.md` T43).
"""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from helpdesk.people import addresses
from helpdesk.people.contacts import add_contact
from helpdesk.people.models import Person
from helpdesk.people.sign_in import sessions
from helpdesk.people.sign_in.models import SignOnProvider
from helpdesk.people.sign_in.single_sign_on.tokens import Claims
from helpdesk.people.sign_in.telling import tell_of_change


class NotLetIn(Exception):
    """The message says why, in words for the person."""


@transaction.atomic
def let_in(claims: Claims, *, provider: SignOnProvider) -> Person:
    """Return the person to sign in, linked to the subject from now on. Raises NotLetIn.

    A slug names one issuer for ever, so (slug, subject) is (issuer, subject).
    """
    linked = SocialAccount.objects.filter(provider=provider.slug, uid=claims.subject).first()
    person = linked.user if linked else _client_with_address(claims, provider=provider)
    _check_may_come_in(person, provider=provider)
    if linked is None:
        _link(person, claims, provider=provider)
    return person


def _client_with_address(claims: Claims, *, provider: SignOnProvider) -> Person:
    if not claims.email or not claims.is_email_verified:
        raise NotLetIn(
            f"{provider.name} does not confirm that you read an e-mail address. "
            "Ask its administrators to confirm yours, or sign in with your password."
        )
    domain = claims.email.rpartition("@")[2]
    owned = provider.email_domains.select_related("organisation").filter(domain__iexact=domain)
    spoken_for = owned.first()
    if spoken_for is None:
        raise NotLetIn(
            f"{provider.name} does not speak for addresses such as {claims.email} here. "
            "Sign in with your password."
        )
    person: Person | None = Person.objects.with_email(claims.email).first()
    if person is None:
        return add_contact(claims.email, name=claims.name, organisation=spoken_for.organisation)
    if SocialAccount.objects.filter(provider=provider.slug, user=person).exists():
        # An address that was given to somebody new must not open the old account.
        raise NotLetIn(
            f"{claims.email} is linked to another account at {provider.name}. "
            "Sign in with your password, or write to us."
        )
    return person


def _check_may_come_in(person: Person, *, provider: SignOnProvider) -> None:
    if person.is_staff_member:
        raise NotLetIn("This way in is for clients. Sign in with your password.")
    region = person.organisation.region if person.organisation else None
    if not person.is_active or region != provider.region:
        raise NotLetIn(f"{provider.name} is not offered for this account. Write to us.")


def _link(person: Person, claims: Claims, *, provider: SignOnProvider) -> None:
    """Link, and drop a password that was set before anybody proved to read the address."""
    if person.has_usable_password() and not addresses.is_verified(person):
        person.set_unusable_password()
        person.save(update_fields=["password"])
        sessions.end_all(person)
    addresses.mark_verified(person)
    SocialAccount.objects.create(provider=provider.slug, uid=claims.subject, user=person)
    tell_of_change(person, f"Your account can now be entered with {provider.name}.")
