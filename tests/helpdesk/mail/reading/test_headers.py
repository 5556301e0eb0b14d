"""Header blocks, well made or not."""

import pytest

from helpdesk.mail.reading import headers, read
from helpdesk.mail.reading.defects import Defects


def subject_of(raw: bytes) -> str:
    return read(raw).subject


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: one two\n\nbody",
        b"Subject: one\n two\n\nbody",
        b"Subject: one\r\n\ttwo\r\n\r\nbody",
        b"SUBJECT : one two\n\nbody",
        b"\n\r\n \nSubject: one two\n\nbody",
        b"From carla Mon Mar  3 16:05:12 2025\nSubject: one two\n\nbody",
        b">From carla Mon Mar  3 16:05:12 2025\nSubject: one two\n\nbody",
        b"\xef\xbb\xbfSubject: one two\n\nbody",
        b"Subject: one two\n   \nTo: a@b.example\n\nbody",
        b"---- Original mail ----\nSubject: one two\nTo: a@b.example\n\nbody",
        b"no colon here\nSubject: one two\n\nbody",
        b"Received: by x\nwithout leading space\nSubject: one two\n\nbody",
        b"Subject: one two\nbody without a blank line",
        b"Subject: one\x00 two\rX: y\n\nbody".replace(b"\x00", b"").replace(b"\rX: y", b""),
        b"Subject: one two\rTo: a@b.example\r\rbody",
    ],
)
def test_subject_is_found(raw: bytes) -> None:
    assert subject_of(raw) == "one two"


def test_lost_leading_space_does_not_end_the_header() -> None:
    mail = read(b"X-Spam: No\ntests=A, B,\nC\nFrom: carla@acme.example\n\nbody")
    assert mail.from_email == "carla@acme.example"
    assert mail.text == "body"


def test_body_begins_at_the_first_line_that_is_no_header() -> None:
    mail = read(b"From: carla@acme.example\nHello, my printer is broken.\n\nBye")
    assert mail.text == "Hello, my printer is broken.\n\nBye"
    assert "The blank line between header and body was missing." in mail.defects


def test_text_without_any_header_is_all_body() -> None:
    assert read(b"just words\nand more").text == "just words\nand more"


def test_control_characters_do_not_reach_a_header_value() -> None:
    assert subject_of(b"Subject: a\x00b\x1bc\x7fd\n\nx") == "a b c d"


@pytest.mark.parametrize(
    ("subject", "content_type", "expected"),
    [
        ("Grüße".encode(), b"", "Grüße"),
        ("Grüße".encode("latin-1"), b"", "Grüße"),
        ("привет".encode("koi8-r"), b"Content-Type: text/plain; charset=koi8-r", "привет"),
    ],
)
def test_raw_eight_bit_subject_is_read(subject: bytes, content_type: bytes, expected: str) -> None:
    assert subject_of(b"Subject: " + subject + b"\n" + content_type + b"\n\nx") == expected


def test_subject_of_five_kilobytes_is_kept() -> None:
    assert len(subject_of(b"Subject: " + b"word " * 1_000 + b"\n\nx")) == 4_999


def test_header_beyond_its_limit_is_cut_and_said_so() -> None:
    defects = Defects()
    raw = b"X-Filler: y\n" * 3_000 + b"\nbody"
    _, body = headers.split(raw, start=0, end=len(raw), defects=defects)
    assert raw[body:] == b"body"
    assert defects.sentences() == ("The header was too long; its end was not read.",)
