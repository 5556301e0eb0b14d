"""Who wrote a mail: a contact we know, or one that we make without any right to sign in."""

import secrets

from django.db import IntegrityError, transaction

from helpdesk.people.models import EmailDomain, Organisation, Person


def known_person(address: str) -> Person | None:
    """The person with this address, in any letter case."""
    people = Person.objects.with_email(address).select_related("organisation__region")
    person: Person | None = people.first()
    return person


def contact_with(address: str, *, name: str) -> Person:
    """The person with this address, made when there is none.

    A new contact belongs to the organisation that owns the domain of the address, else to none.
    They have no password and no session before their address is verified.
    """
    return known_person(address) or _make(address, name=name)


def organisation_of(address: str) -> Organisation | None:
    """The organisation that owns the domain: whole labels only, never a suffix of one."""
    domain = address.rpartition("@")[2].lower()
    owned = EmailDomain.objects.filter(domain__iexact=domain).select_related("organisation__region")
    found = owned.first()
    return found.organisation if found else None


def _make(address: str, *, name: str) -> Person:
    try:
        with transaction.atomic():
            made: Person = Person.objects.create_user(
                username=f"contact-{secrets.token_hex(8)}",
                email=address.lower(),
                full_name=name[:200] if name != address else "",
                organisation=organisation_of(address),
            )
            return made
    except IntegrityError:
        # Two mails of one new sender at once: the other worker was first.
        person: Person = Person.objects.with_email(address).get()
        return person
