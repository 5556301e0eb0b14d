"""Real-looking mails, damaged at random: read without an exception, storable, in time."""

import dataclasses
import time
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk.mail.reading import MailUnreadable, read
from tests.helpdesk.mail.reading.builders import multipart, raw

WROTE = "On Mon, Mar 3, 2025 at 4:05 PM Ada <ada@desk.example> wrote:"
SEEDS = [
    raw("Content-Type: text/plain; charset=utf-8", body=f"Grüße.\n\n{WROTE}\n> Old\n-- \nCarla"),
    raw(
        "Content-Type: text/html; charset=iso-8859-1",
        "Content-Transfer-Encoding: quoted-printable",
        body='<div>Gr=FC=DFe</div><div class=3D"gmail_quote">Ada wrote:<blockquote>Old</div>',
    ),
    multipart(
        "alternative",
        "Content-Type: text/plain\n\nplain",
        "Content-Type: multipart/related; boundary=in\n\n--in\nContent-Type: text/html\n\n"
        '<img src="cid:a">\n--in\nContent-Type: image/png\nContent-ID: <a>\n'
        "Content-Disposition: inline; filename*0*=utf-8''a%20; filename*1=b.png\n"
        "Content-Transfer-Encoding: base64\n\naGVsbG8=\n--in--",
    ),
    multipart(
        "report; report-type=delivery-status",
        "Content-Type: text/plain\n\nUndeliverable.",
        "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822;a@x\nStatus: 5.1.1",
        "Content-Type: message/rfc822\n\nMessage-ID: <a@x>\n\nold",
    ),
    raw(
        "Subject: =?iso-2022-jp?B?GyRCJCIbKEI=?= =?gb2312?Q?=C4=E3?=",
        'To: A: a@x, "B, b" <b@x>; (c) c@x',
        "Content-Type: application/ms-tnef; name=winmail.dat",
        body=b"\x78\x9f\x3e\x22\x01\x00\x02\x02\x90\x06\x00\x04\x00\x00\x00abcd\x00\x00",
    ),
]
TOKENS = [
    b"\x00", b"\xff", b"\r", b"\n", b"\n\n", b"--next\n", b"=?utf-8?q?", b"?=", b"<", b">",
    b'"', b"(", b",", b";", b":", b"\x1b$B", b"=\n", b"\xed\xa0\x80", b"\xe2\x80\xae", b"> ",
    b"&#x110000;", b"<!--", b"\nContent-Type: multipart/mixed; boundary=next\n",
    b"\nSubject: \xfc\n", b"; charset=utf-7", b"\nContent-Transfer-Encoding: base64\n",
    b"begin 644 ../x\n%:&5L;&\\\n`\nend\n",
]  # fmt: skip
DAMAGES = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "drop", "double", "insert"]),
        st.floats(0, 1),
        st.integers(0, 255),
        st.sampled_from(TOKENS),
        st.sampled_from([1, 3, 300]),
    ),
    min_size=1,
    max_size=8,
)
LEAST_SECONDS = 0.2


def damaged(mail: bytes, damages: list[tuple[str, float, int, bytes, int]]) -> bytes:
    for kind, place, byte, token, count in damages:
        at = int(place * len(mail))
        before, after = mail[:at], mail[at:]
        mail = {
            "flip": before + bytes((byte,)) + after[1:],
            "cut": before,
            "drop": before + after[byte:],
            "double": before + after[:2_000] + after,
            "insert": before + token * count + after,
        }[kind]
    return mail


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings_in(list(value.values()))
    elif isinstance(value, list | tuple | frozenset):
        for each in value:
            yield from strings_in(each)


@given(mail=st.sampled_from(SEEDS), damages=DAMAGES)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_mail_is_read_and_can_be_stored(
    mail: bytes, damages: list[tuple[str, float, int, bytes, int]]
) -> None:
    mail = damaged(mail, damages) or b"x"
    began = time.process_time()
    try:
        found = read(mail)
    except MailUnreadable:
        assert not mail.strip()
        return
    assert time.process_time() - began < LEAST_SECONDS * max(1, len(mail) / 100_000)
    for text in strings_in(dataclasses.asdict(found)):
        assert "\x00" not in text
        assert text.encode() or not text
    for file in found.attachments:
        assert file.filename
        assert not set(file.filename) & set("\r\n/\\")
