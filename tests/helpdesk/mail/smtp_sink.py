"""A real SMTP server that takes mails, or misbehaves in one of the ways that servers do."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class SmtpSink:
    """Set `on_mail`, `on_rcpt` or `on_data` to a function that returns the server's answer.

    `hang` keeps every sender waiting after its mail until `release` is called, `cut` drops the
    connection there.
    """

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.sessions: list[Session] = []
        self.on_mail: Callable[[str], str] = lambda address: "250 OK"
        self.on_rcpt: Callable[[str], str] = lambda address: "250 OK"
        self.on_data: Callable[[Envelope], str] = lambda envelope: "250 2.0.0 queued as 4711"
        self.hang = self.cut = False
        self.reached = threading.Event()
        self._released = threading.Event()
        self._taken = threading.Event()
        self._controller = Controller(_Handler(self), hostname=self.host, port=_free_port())

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
        if self._controller.server is not None:
            self._controller.stop()

    @property
    def host(self) -> str:
        return "127.0.0.1"

    @property
    def port(self) -> int:
        return self._controller.port

    @property
    def mails(self) -> list[EmailMessage]:
        """What was taken, in order."""
        return [
            message_from_bytes(one.original_content or b"", policy=policy.default)
            for one in self.envelopes
        ]

    def wait_for_mails(self, count: int) -> None:
        """Return once `count` mails were taken and answered. Raises TimeoutError after 30 s."""
        deadline = time.monotonic() + 30
        while len(self.envelopes) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.envelopes)} of {count} mails came.")
            self._taken.wait(timeout=0.1)

    def release(self) -> None:
        self._released.set()

    def stop(self) -> None:
        """From now on connections are refused."""
        self._controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class _Handler:
    def __init__(self, sink: SmtpSink) -> None:
        self._sink = sink

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._sink.on_mail(address)
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._sink.on_rcpt(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> Any:  # noqa: N802
        sink = self._sink
        sink.reached.set()
        if sink.cut:
            server.transport.abort()  # type: ignore[union-attr]
            return "421 cut"
        if sink.hang:
            await asyncio.get_running_loop().run_in_executor(None, sink._released.wait)
        answer = sink.on_data(envelope)
        if answer.startswith("250"):
            sink.sessions.append(session)
            sink.envelopes.append(envelope)
            sink._taken.set()
        return answer
