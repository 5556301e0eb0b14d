"""Who wrote a mail, and what vouches for it."""

from helpdesk.mail.authentication import AuthVerdict
from helpdesk.people import contacts
from helpdesk.people.models import Person


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
    return known_person(address) or contacts.add_contact(
        address, name=name, organisation=contacts.organisation_of(address)
    )


def is_vouched_for(address: str, auth: AuthVerdict) -> bool:
    """Whether the domain of this author confirms the mail: a passed DMARC, aligned with it."""
    return auth.dmarc == "pass" and auth.dmarc_domain == address.rpartition("@")[2].lower()
