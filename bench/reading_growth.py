"""Whether reading stays linear, whatever is sent: `.venv/bin/python -m bench.reading_growth`.

Each hostile shape is read at three sizes, each twice the one before. Work that grows as the size
does takes twice the time; quadratic work takes four times. The result is printed and kept in
`bench/results/reading_growth.txt`.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from helpdesk.mail.reading import read

RESULT = Path(__file__).resolve().parent / "results" / "reading_growth.txt"
SIZES = (100_000, 200_000, 400_000)
ROUNDS = 3
HEAD = b"From: a@x.example\nTo: b@x.example\nSubject: x\nMIME-Version: 1.0\n"
PLAIN = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
TNEF = b"\x78\x9f\x3e\x22\x01\x00\x02\x02\x90\x06\x00\x04\x00\x00\x00abcd\x00\x00"


def repeated(head: bytes, unit: bytes, tail: bytes = b"") -> Callable[[int], bytes]:
    """`unit` as often as it takes to fill a size."""
    return lambda size: head + unit * (size // len(unit)) + tail


SHAPES: dict[str, Callable[[int], bytes]] = {
    "one long line": repeated(PLAIN, b"word "),
    "a line without blanks": repeated(PLAIN, b"x"),
    "quote signs": repeated(PLAIN, b"> "),
    "deep quotes": repeated(PLAIN, b">" * 60 + b" x\n"),
    "attributions": repeated(PLAIN, b"On 1.1.2026 12:00 Ada <a@x.example> wrote:\n"),
    "half attributions": repeated(PLAIN, b"On 1.1.2026\n"),
    "attributions and quotes": repeated(PLAIN, b"Ada <a@x.example> wrote:\n> x\ny\n"),
    "header blocks": repeated(PLAIN, b"From: a@x.example\nSent: x\n\n"),
    "separators": repeated(PLAIN, b"-----Original Message-----\n"),
    "signature marks": repeated(PLAIN, b"-- \n"),
    "rules": repeated(PLAIN, b"_" * 30 + b"\n"),
    "addresses": repeated(PLAIN, b"a@"),
    "open angles": repeated(PLAIN, b"<a@x "),
    "blank lines": repeated(PLAIN, b"\n"),
    "blanks": repeated(PLAIN, b" \t"),
    "uuencode begins": repeated(PLAIN, b"begin 644 x\n"),
    "open tags": repeated(HTML, b"<div>"),
    "open blockquotes": repeated(HTML, b'<blockquote class="gmail_quote">'),
    "open angle brackets": repeated(HTML, b"<"),
    "open comments": repeated(HTML, b"<!--"),
    "open attributes": repeated(HTML, b'<a href="'),
    "one tag with many attributes": repeated(HTML + b"<p ", b"a=b ", b">"),
    "entities": repeated(HTML, b"&amp;#x26;"),
    "open style": repeated(HTML + b"<style>", b"</styl"),
    "tables": repeated(HTML, b"<table><tr><td>"),
    "closing tags": repeated(HTML, b"</div>"),
    "header lines": repeated(HEAD, b"X-A: b\n", b"\nx"),
    "one folded header": repeated(HEAD + b"X-A: b\n", b" c\n", b"\nx"),
    "encoded words": repeated(HEAD + b"Subject: ", b"=?utf-8?q?a?= ", b"\n\nx"),
    "half encoded words": repeated(HEAD + b"Subject: ", b"=?utf-8?q?", b"\n\nx"),
    "many recipients": repeated(HEAD + b"Cc: ", b"a@x.example, ", b"\n\nx"),
    "open comments in an address": repeated(HEAD + b"Cc: ", b"(", b"\n\nx"),
    "open quotes in an address": repeated(HEAD + b"Cc: ", b'"a ', b"\n\nx"),
    "references": repeated(HEAD + b"References: ", b"<a@x.example> ", b"\n\nx"),
    "open references": repeated(HEAD + b"References: ", b"<a", b"\n\nx"),
    "parameters": repeated(HEAD + b"Content-Type: text/plain", b"; a*0*=b", b"\n\nx"),
    "parts": repeated(MIXED, b"--b\nContent-Type: text/plain\n\nx\n"),
    "parts without end": repeated(MIXED, b"--b\n"),
    "nested parts": repeated(MIXED, b"--b\nContent-Type: multipart/mixed; boundary=b\n\n"),
    "nested mails": repeated(MIXED, b"--b\nContent-Type: message/rfc822\n\n"),
    "boundaries that almost match": repeated(MIXED, b"--bb\n"),
    "broken base64": repeated(HEAD + b"Content-Transfer-Encoding: base64\n\n", b"QUJ=D"),
    "broken quoted-printable": repeated(
        HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n", b"=\n=x="
    ),
    "TNEF": repeated(HEAD + b"Content-Type: application/ms-tnef; name=winmail.dat\n\n", TNEF),
    "delivery report": repeated(
        HEAD + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\nContent-Type: message/delivery-status\n\n",
        b"Final-Recipient: rfc822;a@x.example\nAction: failed\nStatus: 5.1.1\n\n",
    ),
}


def main() -> None:
    """Measure, print, keep."""
    measured = {name: [seconds(make(size)) for size in SIZES] for name, make in SHAPES.items()}
    worst = max(measured, key=lambda name: measured[name][-1])
    report = [
        f"{datetime.now(UTC):%d %B %Y}: python -m bench.reading_growth; {os.cpu_count()} cores",
        f"milliseconds of processor time (best of {ROUNDS}) to read a mail of "
        + ", ".join(f"{size // 1000} kB" for size in SIZES),
        "",
        *(_line(name, times) for name, times in measured.items()),
        "",
        f"dearest: {worst}, {measured[worst][-1] * 1000 / (SIZES[-1] / 100_000):.0f} ms for 100 kB",
    ]
    print("\n".join(report))
    RESULT.write_text("\n".join(report) + "\n", encoding="utf-8")


def seconds(mail: bytes) -> float:
    """The least processor time that reading took."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        read(mail)
        best = min(best, time.process_time() - began)
    return best


def _line(name: str, times: list[float]) -> str:
    figures = "".join(f"{one * 1000:9.1f}" for one in times)
    growth = times[-1] / max(times[-2], 1e-9)
    return f"{name:32}{figures}   x {growth:.1f} for twice the size"


if __name__ == "__main__":
    main()
