"""Asking ClamAV: a small server that speaks clamd's protocol stands for it."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone
from pytest_django import Settings

from helpdesk.attachments.handing_out import respond_with
from helpdesk.attachments.models import ScanState, StoredFile
from helpdesk.attachments.scanning import ScannerAway, scan_due, virus_in
from helpdesk.attachments.storing import store
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

VIRUS = b"this is the virus"


class Clamd:
    """Answers INSTREAM as clamd does, finds VIRUS, and can be made to answer otherwise."""

    def __init__(self) -> None:
        self.scanned: list[bytes] = []
        self.answer = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with connection, connection.makefile("rb") as reader:
                    self._talk(connection, reader.read)

    def _talk(self, connection: socket.socket, read: Callable[[int], bytes]) -> None:
        assert read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", read(4))[0]:
            content += read(length)
        self.scanned.append(content)
        found = b"stream: Eicar-Test-Signature FOUND\0"
        connection.sendall(self.answer or (found if VIRUS in content else b"stream: OK\0"))


@pytest.fixture
def clamd(settings: Settings) -> Iterator[Clamd]:
    clamd = Clamd()
    settings.CLAMAV_URL = clamd.url
    yield clamd
    clamd.stop()


@pytest.fixture
def file(clamd: Clamd, carla: Person) -> StoredFile:
    return store(b"words", filename="a.txt", by=Actor.of(carla))


def test_the_scanner_gets_the_bytes_and_names_what_it_finds(clamd: Clamd) -> None:
    assert virus_in([b"wo", b"rds"], url=clamd.url) == ""
    assert virus_in([VIRUS], url=clamd.url) == "Eicar-Test-Signature"
    assert clamd.scanned == [b"words", VIRUS]


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: ERROR\0", b"\0", b"OK\0"]
)
def test_whatever_is_no_verdict_is_no_verdict(clamd: Clamd, answer: bytes) -> None:
    clamd.answer = answer
    with pytest.raises(ScannerAway):
        virus_in([b"words"], url=clamd.url)


def test_a_file_is_handed_out_once_it_is_clean(file: StoredFile, ben: Person) -> None:
    assert respond_with(file, to=ben).status_code == 409
    assert scan_due(seconds=5) == 1
    file.refresh_from_db()
    assert (file.scan_state, file.scan_due_at) == (ScanState.CLEAN, None)
    assert respond_with(file, to=ben).status_code == 200


def test_an_infected_file_is_handed_to_nobody(clamd: Clamd, carla: Person, ben: Person) -> None:
    file = store(VIRUS, filename="a.txt", by=Actor.of(carla))
    scan_due(seconds=5)
    file.refresh_from_db()
    assert file.scan_state == ScanState.INFECTED
    assert [respond_with(file, to=person).status_code for person in (carla, ben)] == [409, 409]


def test_while_the_scanner_is_away_nothing_is_handed_to_others(
    clamd: Clamd, file: StoredFile, carla: Person, ben: Person
) -> None:
    clamd.stop()
    assert scan_due(seconds=5) == 0
    file.refresh_from_db()
    assert file.scan_state == ScanState.NOT_SCANNED
    assert respond_with(file, to=ben).status_code == 409
    assert respond_with(file).status_code == 409
    assert respond_with(file, to=carla).status_code == 200


def test_a_file_without_verdict_is_put_off_and_holds_up_no_other(
    clamd: Clamd, file: StoredFile, carla: Person
) -> None:
    clamd.answer = b"stream: ERROR\0"
    scan_due(seconds=5)
    clamd.answer = b""
    other = store(b"other", filename="b.txt", by=Actor.of(carla))
    assert scan_due(seconds=5) == 1
    other.refresh_from_db()
    file.refresh_from_db()
    assert (other.scan_state, file.scan_state) == (ScanState.CLEAN, ScanState.NOT_SCANNED)
    assert file.scan_due_at is not None
    assert timezone.now() < file.scan_due_at < timezone.now() + timedelta(minutes=2)


def test_without_a_scanner_any_more_nothing_stays_held(
    file: StoredFile, settings: Settings
) -> None:
    settings.CLAMAV_URL = ""
    scan_due(seconds=5)
    file.refresh_from_db()
    assert (file.scan_state, file.is_held) == (ScanState.UNNEEDED, False)


def test_the_sentence_says_what_happens_with_a_held_file(file: StoredFile) -> None:
    response = respond_with(file)
    assert isinstance(response, HttpResponse)
    assert response.content.decode() == (
        "This file has not been checked for viruses yet, so it is not handed out. "
        "It is kept. Please try again in a few minutes."
    )
