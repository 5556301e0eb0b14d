"""Mails about accounts: written here, handed to the outbox, never sent in a request."""

from typing import Any, Protocol
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string


class Outbox(Protocol):
    """The door of `helpdesk.mail`, which lies above this package and is found by its name."""

    def __call__(
        self, *, to: str, subject: str, text: str, html: str, kind: str, key: str
    ) -> object: ...


def send(to: str, *, kind: str, template: str, values: dict[str, Any], key: str = "") -> None:
    """Queue the mail that `template` writes (`…_subject.txt`, `…_message.txt`, `…_message.html`).

    `key` makes it one mail however often this is called; without it each call is a new mail.
    """
    context = values | {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    outbox: Outbox = import_string(settings.MAIL_OUTBOX)
    outbox(
        to=to,
        subject=" ".join(render_to_string(f"{template}_subject.txt", context).split()),
        text=render_to_string(f"{template}_message.txt", context).strip() + "\n",
        html=render_to_string(f"{template}_message.html", context),
        kind=f"account.{kind}",
        key=key or f"account.{kind}:{uuid4()}",
    )
