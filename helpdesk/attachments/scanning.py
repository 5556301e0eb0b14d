"""Asking ClamAV, when one is set up; until it has answered a file is held."""

import socket
import struct
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from helpdesk.attachments.models import ScanState, StoredFile

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 5
ANSWER_SECONDS = 60
RETRY = timedelta(minutes=1)
_CHUNK = 64 * 1024


class ScannerAway(Exception):
    """The scanner gave no verdict; the message says why."""


def scan_due(*, seconds: float) -> int:
    """Scan the files that are due, for about `seconds`; return how many got a verdict.

    Each is claimed and put off before it is scanned: one that upsets the scanner, or a scanner
    that is away, holds up nothing. Where no scanner is set up (any more) nothing is held.
    """
    if not settings.CLAMAV_URL:
        StoredFile.objects.filter(scan_state=ScanState.NOT_SCANNED).update(
            scan_state=ScanState.UNNEEDED, scan_due_at=None
        )
        return 0
    end, judged = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        file = _claim(at=timezone.now())
        if file is None:
            break
        try:
            state = _state_of(file)
        except (ScannerAway, OSError) as error:
            log.error("attachments.scanner_away", file=file.public_id, error=str(error))
            continue
        StoredFile.objects.filter(pk=file.pk).update(scan_state=state, scan_due_at=None)
        judged += 1
    return judged


def virus_in(chunks: Iterable[bytes], *, url: str) -> str:
    """Return the name of what clamd at `url` (`tcp://host:3310`) found, "" when it is clean.

    Speaks INSTREAM (clamd(8)). Raises ScannerAway when there is no clear answer.
    """
    place = urlsplit(url)
    try:
        with socket.create_connection(
            (place.hostname or "localhost", place.port or 3310), timeout=CONNECT_SECONDS
        ) as connection:
            connection.settimeout(ANSWER_SECONDS)
            connection.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            answer = _answer(connection)
    except OSError as error:
        raise ScannerAway(f"No answer from {url}: {error}") from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerAway(f"{url} answered {answer[:200]!r}")


def _claim(*, at: datetime) -> StoredFile | None:
    with transaction.atomic():
        file = (
            StoredFile.objects.filter(scan_due_at__lte=at)
            .order_by("scan_due_at")
            .select_for_update(of=("self",), skip_locked=True)
            .first()
        )
        if file is not None:
            file.scan_due_at = at + RETRY
            file.save(update_fields=["scan_due_at"])
    return file


def _state_of(file: StoredFile) -> ScanState:
    with default_storage.open(file.key) as content:
        virus = virus_in(content.chunks(_CHUNK), url=settings.CLAMAV_URL)
    if not virus:
        return ScanState.CLEAN
    log.warning("attachments.infected", file=file.public_id, virus=virus)
    return ScanState.INFECTED


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < 4096:
        part = connection.recv(1024)
        if not part:
            break
        received += part
    return received.rstrip(b"\0\n").decode("utf-8", "replace")
