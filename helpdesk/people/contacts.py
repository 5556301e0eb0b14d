"""From an address to the person it belongs to: contacts come from mail, forms and sign-on."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from helpdesk.people.models import EmailDomain, Organisation, Person, Role


def organisation_of(address: str) -> Organisation | None:
    """The organisation that owns the domain of `address`, compared as a whole."""
    domain = _domain_of(address)
    owner = (
        EmailDomain.objects.select_related("organisation__region")
        .alias(key=Lower("domain"))
        .filter(key=domain)
        .first()
    )
    return owner.organisation if owner else None


def contact_with(address: str, *, name: str = "") -> Person | None:
    """The person with `address`; a new contact if an organisation owns its domain; else None."""
    known: Person | None = Person.objects.with_email(address).first()
    if known is not None:
        return known
    organisation = organisation_of(address)
    return add_contact(address, name=name, organisation=organisation) if organisation else None


def add_contact(address: str, *, name: str, organisation: Organisation | None) -> Person:
    """Make a client who has no password yet, or return who got the address in the meantime."""
    address = address.strip().lower()
    # The address is their user name too, unless somebody took that name.
    is_taken = Person.objects.named(address).exists()
    username = f"contact-{secrets.token_hex(8)}" if is_taken else address
    try:
        with transaction.atomic():
            person: Person = Person.objects.create_user(
                username,
                address,
                full_name=name[:200] if name.lower() != address else "",
                organisation=organisation,
                role=Role.CLIENT,
            )
    except IntegrityError:
        person = Person.objects.with_email(address).get()
    return person


def _domain_of(address: str) -> str:
    domain = address.strip().rpartition("@")[2].lower()
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain
