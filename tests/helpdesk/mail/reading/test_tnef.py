"""winmail.dat."""

import struct

from helpdesk.mail.reading import read, tnef
from tests.helpdesk.mail.reading.builders import multipart

SIGNATURE = struct.pack("<IH", 0x223E9F78, 1)
PLAIN = "Content-Type: text/plain\n\nwords"


def attribute(name: int, data: bytes, *, level: int = 2) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(data)) + data + b"\x00\x00"


def string_property(name: int, text: str) -> bytes:
    data = text.encode("utf-16-le") + b"\x00\x00"
    padding = b"\x00" * (-len(data) % 4)
    return struct.pack("<HHII", 0x1F, name, 1, len(data)) + data + padding


def a_file(title: str, content: bytes, *properties: bytes) -> bytes:
    packed = struct.pack("<I", len(properties)) + b"".join(properties)
    return (
        attribute(0x9002, b"\x00" * 14)
        + attribute(0x8010, title.encode() + b"\x00")
        + attribute(0x800F, content)
        + attribute(0x9005, packed)
    )


def mail_with(data: bytes) -> bytes:
    part = "Content-Type: application/ms-tnef; name=winmail.dat\n\nDATA"
    return multipart("mixed", PLAIN, part).replace(b"DATA", data)


def test_files_inside_take_the_place_of_the_wrapper() -> None:
    data = SIGNATURE + a_file("A.TXT", b"one", string_property(0x3707, "Große Datei.txt"))
    mail = read(mail_with(data + a_file("B.TXT", b"two")))
    assert [(file.filename, file.content) for file in mail.attachments] == [
        ("Große Datei.txt", b"one"),
        ("B.TXT", b"two"),
    ]


def test_body_inside_is_used_when_the_mail_has_none() -> None:
    data = SIGNATURE + attribute(0x800C, b"hidden words\x00", level=1)
    part = "Content-Type: application/ms-tnef\n\nDATA"
    assert read(multipart("mixed", part).replace(b"DATA", data)).text == "hidden words"


def test_what_does_not_open_is_kept_as_it_is() -> None:
    mail = read(mail_with(b"no tnef"))
    assert [(file.filename, file.content, file.kind) for file in mail.attachments] == [
        ("winmail.dat", b"no tnef", "tnef")
    ]
    assert mail.defects == ("A winmail.dat could not be opened; it was kept as it is.",)


def test_wrapper_stays_beside_files_without_a_name() -> None:
    mail = read(mail_with(SIGNATURE + attribute(0x9002, b"") + attribute(0x800F, b"one")))
    assert [file.filename for file in mail.attachments] == ["winmail.dat", "attachment-2.bin"]


def test_message_inside_a_file_is_opened_too() -> None:
    inner = bytes.fromhex("0703020000000000c000000000000046") + SIGNATURE + a_file("IN.TXT", b"in")
    packed = struct.pack("<HHII", 0x0D, 0x3701, 1, len(inner)) + inner + b"\x00" * (-len(inner) % 4)
    mail = read(mail_with(SIGNATURE + a_file("MSG", b"", packed)))
    assert [(file.filename, file.content) for file in mail.attachments] == [("IN.TXT", b"in")]


def test_counts_that_lie_cost_no_time() -> None:
    lying = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x1003, 0x1000, 0xFFFFFFFF)
    opened = tnef.open_(SIGNATURE + attribute(0x9003, lying, level=1))
    assert opened is not None
    assert opened.files == []
