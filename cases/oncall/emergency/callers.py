"""Whose call it is: a contact that we know by address or number, or one that stands for a caller.

A case needs a client. Of a caller who gives no address nothing is known but a number, so their
contact has an address that mail cannot be sent to (RFC 2606 keeps `.invalid` free for that);
`correspondence.is_reachable` keeps the desk from trying.
"""

import re
import secrets
from dataclasses import dataclass

from django.db.models import F, Func, Value

from cases.correspondence import UNREACHABLE
from helpdesk.people.contacts import add_contact, organisation_of
from helpdesk.people.models import CLIENT_ROLES, Person

# Numbers are written with and without the country: so many last digits tell them apart.
_TELLING_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Caller:
    """A contact, and whether we knew them before the call."""

    person: Person
    is_known: bool


def caller_with(*, address: str, number: str, name: str) -> Caller:
    """The contact with that address, else the only one with that number, else a new one.

    With an address whose domain an organisation owns, a new contact belongs to it. Raises
    ValueError for an address of somebody of ours.
    """
    if address:
        return _with_address(address, name=name)
    known = _with_number(number)
    if known is not None:
        return Caller(known, is_known=True)
    stand_in = f"caller-{_digits(number) or secrets.token_hex(6)}@phone{UNREACHABLE}"
    met = Person.objects.with_email(stand_in).first()
    person = met or add_contact(stand_in, name=name or _name_of(number), organisation=None)
    return Caller(person, is_known=False)


def _with_address(address: str, *, name: str) -> Caller:
    known: Person | None = Person.objects.with_email(address).first()
    if known is not None and not known.is_client:
        raise ValueError("This is the address of one of ours. Enter that of the client.")
    if known is not None:
        return Caller(known, is_known=True)
    organisation = organisation_of(address)
    person = add_contact(address, name=name, organisation=organisation)
    return Caller(person, is_known=organisation is not None)


def _with_number(number: str) -> Person | None:
    """The one active client with this number; where two share it, nobody is guessed."""
    digits = _digits(number)
    if len(digits) < _TELLING_DIGITS:
        return None
    bare = Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    found = (
        Person.objects.active()
        .exclude(phone="")
        .alias(digits=bare)
        .filter(digits__endswith=digits[-_TELLING_DIGITS:], role__in=sorted(CLIENT_ROLES))
    )
    people = list(found[:2])
    return people[0] if len(people) == 1 else None


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _name_of(number: str) -> str:
    return f"Caller {number}" if number else "Caller without a number"
