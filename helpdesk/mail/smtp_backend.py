"""Django's SMTP backend, which also remembers what the server answered and signs with DKIM."""

import smtplib
import ssl
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from helpdesk.mail.dkim_signing import signed


class SmtpBackend(EmailBackend):
    """`last_reply` and `last_refused` speak of the mail that was sent last."""

    connection: "_Remembering | None"

    @property
    def connection_class(self) -> Any:
        return _RememberingSsl if self.use_ssl else _Remembering

    @property
    def last_reply(self) -> str:
        return self.connection.last_reply if self.connection else ""

    @property
    def last_refused(self) -> dict[str, tuple[int, bytes]]:
        return self.connection.last_refused if self.connection else {}

    def open(self) -> bool | None:
        """Open a connection, or a new one where the server closed the old one meanwhile."""
        if self.connection is not None and not self._is_alive():
            self.connection.close()
            self.connection = None
        return super().open()

    def _is_alive(self) -> bool:
        try:
            return self.connection is not None and self.connection.noop()[0] == 250
        except (smtplib.SMTPException, ssl.SSLError, OSError):
            return False


class _Remembering(smtplib.SMTP):
    last_reply = ""
    last_refused: dict[str, tuple[int, bytes]] = {}

    def sendmail(
        self,
        from_addr: str,
        to_addrs: str | Sequence[str],
        msg: Any,
        mail_options: Sequence[str] = (),
        rcpt_options: Sequence[str] = (),
    ) -> dict[str, tuple[int, bytes]]:
        self.last_reply = ""
        self.last_refused = super().sendmail(
            from_addr, to_addrs, signed(msg), mail_options, rcpt_options
        )
        return self.last_refused

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, answer = super().data(msg)
        self.last_reply = f"{code} {answer.decode('utf-8', 'replace')}"
        return code, answer


class _RememberingSsl(_Remembering, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""
