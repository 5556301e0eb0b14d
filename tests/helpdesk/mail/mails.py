"""Raw mails and queued ones: one call, defaults that make sense."""

from typing import Any

from helpdesk.mail.models import OutboundMail
from helpdesk.mail.outbox import Mailbox, queue


def a_raw_mail(
    *,
    subject: str = "The printer is on fire",
    sender: str = "carla@acme.example",
    message_id: str = "<1@acme.example>",
    text: str = "It burns.",
    more: str = "",
) -> bytes:
    """A small plain mail as bytes; `more` holds further header lines, each with its CRLF."""
    head = f"From: Carla Rossi <{sender}>\r\nTo: support@waratah.example\r\n"
    head += f"Subject: {subject}\r\nMessage-ID: {message_id}\r\n{more}"
    return f"{head}\r\n{text}\r\n".encode()


def an_outbound_mail(
    *, to: str = "carla@acme.example", key: str = "1", **more: Any
) -> OutboundMail:
    """A mail in the outbox, due now."""
    values: dict[str, Any] = {"kind": "test", "subject": "Hello", "text": "Hello Carla."}
    return queue(Mailbox(to, more.pop("to_name", "")), key=key, **(values | more))
