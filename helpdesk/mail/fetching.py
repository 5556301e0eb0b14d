"""Fetching mail from a mailbox by IMAP, for those who have no webhook."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from imapclient import SEEN, IMAPClient, SocketTimeout

from helpdesk.mail import intake
from helpdesk.mail.access_token import TokenSource

log = structlog.get_logger(__name__)

SOURCE = "imap"
CONNECT_SECONDS, READ_SECONDS = 10, 60
# Servers end an IDLE after 29 minutes (RFC 2177); networks forget connections sooner.
IDLE_SECONDS = 9 * 60
POLL_SECONDS = 60
LISTEN_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mailbox is and how to sign in: with a password, or with tokens from `tokens`."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    is_encrypted: bool
    move_to: str = ""
    tokens: TokenSource | None = None

    @classmethod
    def at(
        cls, url: str, *, move_to: str = "", oauth: Mapping[str, str] | None = None
    ) -> "Account":
        """Read `imaps://user:password@host:993/INBOX`. Raises ValueError with a sentence."""
        parts = urlsplit(url)
        if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
            raise ValueError("IMAP_URL must look like imaps://user:password@host/INBOX.")
        is_encrypted = parts.scheme == "imaps"
        return cls(
            host=parts.hostname,
            port=parts.port or (993 if is_encrypted else 143),
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            is_encrypted=is_encrypted,
            move_to=move_to,
            tokens=TokenSource.of(oauth) if oauth else None,
        )


class Fetcher:
    """One connection to a mailbox; a context that signs out at its end."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._validity = 0
        self._client = IMAPClient(
            account.host,
            account.port,
            ssl=account.is_encrypted,
            use_uid=True,
            timeout=SocketTimeout(CONNECT_SECONDS, READ_SECONDS),
        )

    def __enter__(self) -> "Fetcher":
        self._sign_in()
        selected = self._client.select_folder(self._account.folder)
        self._validity = int(selected[b"UIDVALIDITY"])
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self._client.logout()
        except (OSError, self._client.Error):
            self._client.shutdown()

    def fetch_new(self) -> int:
        """Store every new mail and return how many.

        Each is marked as seen, or moved, only after it is stored: a crash in between brings it
        once more, and the ledger knows it by its place in the mailbox.
        """
        wanted = "ALL" if self._account.move_to else "UNSEEN"
        numbers = self._client.search(wanted)
        for number in numbers:
            self._store(number)
            self._put_away(number)
        return len(numbers)

    def wait(self, stopping: threading.Event) -> None:
        """Return when there may be something new, after nine minutes at most, or when stopping."""
        if not self._client.has_capability("IDLE"):
            stopping.wait(POLL_SECONDS)
            return
        self._client.idle()
        try:
            for _ in range(IDLE_SECONDS // LISTEN_SECONDS):
                if stopping.is_set() or self._client.idle_check(timeout=LISTEN_SECONDS):
                    return
        finally:
            self._client.idle_done()

    def _sign_in(self) -> None:
        if self._account.tokens is not None:
            self._client.oauth2_login(self._account.user, self._account.tokens.fresh())
        else:
            self._client.login(self._account.user, self._account.password)

    def _store(self, number: int) -> None:
        place = f"{self._account.host}/{self._account.folder}/{self._validity}/{number}"
        size = int(self._part(number, "RFC822.SIZE", b"RFC822.SIZE"))
        if intake.is_too_large(size):
            head = self._part(number, "BODY.PEEK[HEADER]", b"BODY[HEADER]")
            intake.refuse(
                head=head,
                size=size,
                sha256=intake.digest_of(place.encode()),
                source=SOURCE,
                provider_id=place,
            )
            return
        raw = self._part(number, "BODY.PEEK[]", b"BODY[]")
        intake.receive(raw, source=SOURCE, provider_id=place)

    def _part(self, number: int, asked: str, answered: bytes) -> Any:
        return self._client.fetch([number], [asked])[number][answered]

    def _put_away(self, number: int) -> None:
        if self._account.move_to:
            self._client.move([number], self._account.move_to)
        else:
            self._client.add_flags([number], [SEEN])
