"""Making a message of an outbox row and handing it to the configured backend."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.message import Message
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.module_loading import import_string

from helpdesk.mail.addresses import plain_address, with_name
from helpdesk.mail.clean_text import clean_line, unencoded
from helpdesk.mail.failures import OutOfReach
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.reading import LOOP_HEADER
from helpdesk.mail.signing import instance_mark

LONGEST_HEADER = 5000
LONGEST_LINE = 900
CALENDAR_FILE = "invite.ics"


@dataclass(frozen=True, slots=True)
class Sent:
    """What the server said when it took a mail; `refused` names copies that it did not take."""

    reply: str = ""
    provider_id: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """What the function in `settings.MAIL_FILES` gives for each id of a file."""

    filename: str
    content_type: str
    content: bytes


class Outlet:
    """A connection to the backend in `settings.MAIL_BACKEND`, opened when it is first needed."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, mail: OutboundMail) -> Sent:
        """Send one mail. `failures.failure_of` judges what this raises."""
        message = message_of(mail)
        if self._connection is None:
            self._connection = get_connection(settings.MAIL_BACKEND)
        try:
            self._connection.open()
        except Exception as error:
            raise OutOfReach from error
        self._connection.send_messages([message])
        return self._sent(mail, message)

    def close(self) -> None:
        """Close the connection; one that is broken already is only forgotten."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except OSError:
                return

    def _sent(self, mail: OutboundMail, message: EmailMultiAlternatives) -> Sent:
        status = getattr(message, "anymail_status", None)
        if status is not None:
            taken = status.recipients.get(mail.to_address)
            return Sent(provider_id=clean_line(str((taken and taken.message_id) or ""), limit=300))
        refused: dict[str, tuple[int, bytes]] = getattr(self._connection, "last_refused", {})
        words = [
            f"{one} ({code} {text.decode('utf-8', 'replace')})"
            for one, (code, text) in refused.items()
        ]
        return Sent(
            reply=clean_line(getattr(self._connection, "last_reply", ""), limit=500),
            refused=clean_line(f"Not taken for {', '.join(words)}.", limit=2000) if words else "",
        )


def message_of(mail: OutboundMail) -> EmailMultiAlternatives:
    """Compose the message: the same row gives the same bytes, however often it is sent."""
    message = _StableMessage(
        subject=unencoded(clean_line(mail.subject, limit=900)),
        body=mail.text,
        from_email=with_name(
            mail.from_name or settings.MAIL_FROM_NAME, settings.MAIL_SUPPORT_ADDRESS
        ),
        to=[with_name(mail.to_name, plain_address(mail.to_address))],
        cc=[with_name(one["name"], plain_address(one["address"])) for one in mail.cc],
        headers=_headers(mail),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        _add_calendar(message, mail)
    for file in _files(mail.attachments):
        message.attach(clean_line(file.filename, limit=255), file.content, file.content_type)
    return message


def _add_calendar(message: EmailMultiAlternatives, mail: OutboundMail) -> None:
    """The invitation beside the text, where Outlook and Gmail look for it, and as a file.

    A provider's API takes no parts of its own kind beside the text; there the file must do.
    """
    if not settings.ANYMAIL_PROVIDER:
        kind = f"text/calendar; method={clean_line(mail.calendar_method, limit=10)}"
        message.attach_alternative(mail.calendar, kind)
    message.attach(CALENDAR_FILE, mail.calendar.encode(), "application/ics")


def _headers(mail: OutboundMail) -> dict[str, str]:
    headers = {
        name: _foldable(clean_line(value, limit=LONGEST_HEADER))
        for name, value in mail.headers.items()
    }
    headers["Message-ID"] = f"<{mail.message_id}>"
    headers["Date"] = format_datetime(mail.created_at)
    headers[LOOP_HEADER] = instance_mark()
    headers["Content-Language"] = clean_line(mail.language, limit=10)
    if mail.automatic:
        headers["Auto-Submitted"] = mail.automatic
        # Exchange and Outlook do not look at Auto-Submitted.
        headers["X-Auto-Response-Suppress"] = "All"
    return headers


def _foldable(value: str) -> str:
    """Without words that are longer than a line may be: no server would take them."""
    return " ".join(word for word in value.split() if len(word) <= LONGEST_LINE)


def _files(ids: list[int]) -> Iterable[OutgoingFile]:
    if not ids:
        return ()
    fetch: Callable[[list[int]], Iterable[OutgoingFile]] = import_string(settings.MAIL_FILES)
    return fetch(ids)


class _StableMessage(EmailMultiAlternatives):
    """A message whose boundaries follow from its Message-ID instead of from chance."""

    def message(self, **options: Any) -> Any:
        message = super().message(**options)
        # A Message-ID on a line of its own is allowed, but not understood everywhere.
        message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
        message_id = self.extra_headers["Message-ID"]
        parts: Iterable[Message] = message.walk()
        for number, part in enumerate(parts):
            if part.is_multipart():
                digest = hashlib.sha256(f"{message_id}{number}".encode()).hexdigest()
                part.set_boundary(f"=_{digest[:40]}")
        return message
