"""Mails about accounts: handed to the outbox, never sent in a request.

The words are `templates/mail/account_*.txt`. `helpdesk.mail` lies above this package, so its two
doors are found by their names in the settings.
"""

from collections.abc import Mapping
from typing import Protocol
from uuid import uuid4

from django.conf import settings
from django.utils.module_loading import import_string

from helpdesk.people.models import Person


class Rendered(Protocol):
    """A mail's words, filled."""

    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...


class Render(Protocol):
    """The words of a kind of mail."""

    def __call__(self, kind: str, values: Mapping[str, str], *, language: str) -> Rendered: ...


class Queue(Protocol):
    """Puts a private mail into the outbox, as part of the caller's transaction."""

    def __call__(
        self, *, to: str, subject: str, text: str, html: str, kind: str, key: str
    ) -> object: ...


def send(
    person: Person, *, kind: str, values: Mapping[str, str], to: str = "", key: str = ""
) -> None:
    """Queue the mail `kind` for `person`, at another address when `to` says so.

    `key` makes it one mail however often this is called; without it each call is a new mail.
    """
    render: Render = import_string(settings.MAIL_WORDS)
    queue: Queue = import_string(settings.MAIL_OUTBOX)
    mail = render(kind, {"name": person.name, **values}, language=person.language)
    queue(
        to=to or person.email,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        kind=kind,
        key=key or str(uuid4()),
    )


def ways_in(person: Person) -> str:
    """What they sign in with, in words: contacts made from mail have no user name of their own."""
    if person.username.lower() == person.email.lower() or person.username.startswith("contact-"):
        return "this address"
    return f"this address or the user name {person.username}"
