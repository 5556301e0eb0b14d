"""No mail takes a worker down with it (security.md T36, R19; part 6 rule 5)."""

import os
import time
from collections.abc import Iterator

import pytest

from helpdesk.mail.reading import read
from helpdesk.mail.reading_apart import Reader, ReadingFailed, read_apart
from tests.helpdesk.mail.mails import a_raw_mail


@pytest.fixture
def reader() -> Iterator[Reader]:
    bad = Reader(module="tests.helpdesk.mail.bad_reader", wall_seconds=30)
    yield bad
    bad.end()


def test_a_mail_read_apart_is_the_mail_read_here() -> None:
    raw = a_raw_mail(more="Date: Mon, 23 Nov 2026 10:00:00 +1100\r\n")
    assert read_apart(raw) == read(raw)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "The mail is empty."),
        (b"raise", r"The mail cannot be read \(ValueError: bad bytes\)."),
        (b"die", r"Reading the mail ended the process that read it \(status 3\)."),
        (b"eat", "Reading the mail needs more than 512 MB of memory."),
        (b"other", "an answer that makes no sense"),
    ],
)
def test_whatever_goes_wrong_is_said_in_a_sentence(reader: Reader, raw: bytes, why: str) -> None:
    with pytest.raises(ReadingFailed, match=why):
        reader.read(raw)


def test_after_any_mishap_the_next_mail_is_read(reader: Reader) -> None:
    for raw in (b"raise", b"die", b"eat"):
        with pytest.raises(ReadingFailed):
            reader.read(raw)
        assert reader.read(a_raw_mail()).subject == "The printer is on fire"


def test_a_parser_that_waits_for_ever_is_ended() -> None:
    reader = Reader(module="tests.helpdesk.mail.bad_reader", wall_seconds=2)
    started = time.monotonic()
    with pytest.raises(ReadingFailed, match="took longer than 2 s"):
        reader.read(b"sleep")
    assert time.monotonic() - started < 5


def test_a_parser_that_finds_no_end_is_ended_by_its_limit_of_processor_time() -> None:
    reader = Reader(module="tests.helpdesk.mail.bad_reader", cpu_seconds=1)
    with pytest.raises(ReadingFailed, match="more than 1 s of processor time"):
        reader.read(b"burn")


def test_a_parser_that_a_mail_took_over_cannot_run_anything_here(reader: Reader) -> None:
    with pytest.raises(ReadingFailed, match="makes no sense"):
        reader.read(b"evil")
    assert not os.path.exists("/tmp/waratah-was-here")  # noqa: S108


def test_what_a_library_prints_does_not_spoil_the_answer(reader: Reader) -> None:
    assert reader.read(b"print").text


def test_the_process_is_kept_from_mail_to_mail_and_replaced_after_a_large_one() -> None:
    reader = Reader()
    reader.read(a_raw_mail())
    first = reader.child_id
    reader.read(a_raw_mail())
    assert reader.child_id == first
    reader.read(a_raw_mail(text="x\r\n" * 2_000_000))
    reader.read(a_raw_mail())
    assert reader.child_id not in (None, first)
    reader.end()
