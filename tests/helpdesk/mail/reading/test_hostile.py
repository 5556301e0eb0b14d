"""Mails made to waste time: 100 kB of each must be read in 0.2 s of processor time."""

import gc
import time

import pytest

from helpdesk.mail.reading import read

SIZE = 100_000
ENVELOPE = b"From: a@x.example\nSubject: s\nMIME-Version: 1.0\n"
PLAIN = ENVELOPE + b"Content-Type: text/plain; charset=utf-8\n\n"
HTML = ENVELOPE + b"Content-Type: text/html; charset=utf-8\n\n"
MIXED = ENVELOPE + b"Content-Type: multipart/mixed; boundary=x\n\n"

TEXTS = [
    b"> ", b">\n", b"wrote:\n", b"From: a@b.example\n", b"From: x\n\n", b"Sent: 1\n", b"a:\n",
    b"-----Original Message-----\n", b"On 3/3/25 16:05 a@b.example wrote:\n", b"@", b"a@", b"--\n",
    b"begin 644 x\n", b"begin 644 x\nM" + b"A" * 60 + b"\n", b"reply above ", b"<\n", b"1.",
    b"10:10 ",
    b"> x\nanswer\n\n", b"Sent from my iPhone\n", "写道：\n".encode(), "\u0301\u0323".encode(),
    b"\n", b"\x00", b"\xff", b"\x1b$B",
]  # fmt: skip
PAGES = [
    b"<", b"<a ", b'<a ="x>" ', b"<a =", b"<!--", b"<!", b"<div>", b'<div class="gmail_quote">',
    b"<blockquote>", b"<blockquote type=cite>x", b"&#", b"&#9", b"<p>x", b"<br>x", b"</div>",
    b"<td>", b"<script>", b"<pre>\n", b"<a@b>",
]  # fmt: skip
VALUES = [
    b"=?utf-8?q?a?= ", b"=?utf-8?q?", b"=?", b"=?utf-8?b?Q?= ", b"<", b"(", b"()", b'"', b'\\"',
    b"a@b,", b",", b"a:", b"@", b"a@", b" ", b"a\n ", b"<a@b> ", b"<a", b"; a=b", b'; a="b',
    b"; a*0=b", b"\xff",
    "\u0301\u0323".encode(),
]  # fmt: skip
PARTS = [
    b"--x\n\nhi\n", b"--\n", b"--x--\n", b"--y\n",
    b"--x\nContent-Type: multipart/mixed; boundary=x\n\n",
    b"--x\nContent-Type: multipart/mixed; boundary=zzz\n\n",
    b"--x\nContent-Type: message/rfc822\n\nSubject: x\n\n",
    b"--x\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n",
    b"--x\nContent-Disposition: attachment; filename=a\n\nx\n",
]  # fmt: skip


def filled(token: bytes) -> bytes:
    return (token * (SIZE // len(token) + 1))[:SIZE]


def is_read_in_time(mail: bytes) -> bool:
    """Whether one of five tries takes less than 0.2 s, so that a busy machine does not count."""
    return any(seconds_for(mail) < 0.2 for _ in range(5))


def seconds_for(mail: bytes) -> float:
    """Without what the collector spends on the objects of other tests: the desk reads each mail
    in a small process of its own."""
    gc.freeze()
    began = time.process_time()
    read(mail)
    spent = time.process_time() - began
    gc.unfreeze()
    return spent


@pytest.mark.parametrize("token", TEXTS)
def test_text_made_of_one_token_is_read_in_time(token: bytes) -> None:
    assert is_read_in_time(PLAIN + filled(token))


@pytest.mark.parametrize("token", PAGES)
def test_page_made_of_one_token_is_read_in_time(token: bytes) -> None:
    assert is_read_in_time(HTML + filled(token))


@pytest.mark.parametrize("token", VALUES)
@pytest.mark.parametrize("field", [b"From", b"Subject", b"References", b"Content-Type"])
def test_header_field_made_of_one_token_is_read_in_time(field: bytes, token: bytes) -> None:
    assert is_read_in_time(field + b": " + filled(token) + b"\n" + PLAIN)


@pytest.mark.parametrize("token", PARTS)
def test_parts_made_of_one_token_are_read_in_time(token: bytes) -> None:
    assert is_read_in_time(MIXED + filled(token))


@pytest.mark.parametrize("line", [b"X: y\n", b"no colon\n", b" folded\n", b" \n", b"From x\n"])
def test_header_made_of_one_line_is_read_in_time(line: bytes) -> None:
    assert is_read_in_time(ENVELOPE + filled(line) + b"\n\nhi")
