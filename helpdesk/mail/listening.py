"""A small SMTP or LMTP server on the local machine, for relays and for trying things out."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import DatabaseError, connections

from helpdesk.mail import intake

log = structlog.get_logger(__name__)

# Real mails have longer lines than RFC 5321 allows; to refuse them would be to lose them.
LONGEST_LINE = 1024 * 1024
MOST_RECIPIENTS = 100
THREADS = 4
TAKEN = "250 Stored"
NOT_OURS = "550 5.1.2 This desk takes no mail for that domain"
TOO_MANY = "452 4.5.3 Too many recipients in one go"
LATER = "451 4.3.0 Trouble on our side, send it again later"


class StoringHandler:
    """Stores each mail for our domains, and says 250 only once that is committed."""

    def __init__(self, *, is_lmtp: bool = False) -> None:
        self._source = "lmtp" if is_lmtp else "smtp"
        self._answers_each = is_lmtp
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mail-listener")

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        if address.rpartition("@")[2].lower() not in settings.MAIL_DOMAINS:
            return NOT_OURS
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._threads, self._store, envelope)
        # LMTP wants an answer for each recipient (RFC 2033 4.2).
        count = len(envelope.rcpt_tos) if self._answers_each else 1
        return "\r\n".join([answer] * count)

    def _store(self, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        try:
            receipt = intake.receive(
                raw,
                source=self._source,
                envelope_from=(envelope.mail_from or "").strip("<>"),
                envelope_to=list(envelope.rcpt_tos),
            )
        except DatabaseError as error:
            log.error("mail.listener_unavailable", error=str(error))
            return LATER
        finally:
            # The threads outlive any one mail, and nobody else would close what they opened.
            connections.close_all()
        return f"552 5.3.4 {receipt.refusal}" if receipt.refusal else TAKEN


def server_factory(*, is_lmtp: bool = False) -> Any:
    """Return what makes a protocol object for each connection, as `loop.create_server` wants it."""
    handler = StoringHandler(is_lmtp=is_lmtp)
    kind = _Lmtp if is_lmtp else _Smtp
    # Twice the limit is let through, so that the refusal stands in the ledger.
    return lambda: kind(
        handler, data_size_limit=2 * settings.MAIL_MAX_BYTES, enable_SMTPUTF8=True, ident="Waratah"
    )


async def listen(host: str, port: int, *, is_lmtp: bool = False) -> asyncio.Server:
    """Listen for mail. Raises OSError when the port is taken."""
    return await asyncio.get_running_loop().create_server(
        server_factory(is_lmtp=is_lmtp), host, port
    )


class _Smtp(SMTP):
    line_length_limit = LONGEST_LINE


class _Lmtp(LMTP):
    line_length_limit = LONGEST_LINE
