"""Part trees."""

from helpdesk.mail.reading import read, structure
from helpdesk.mail.reading.defects import Defects
from tests.helpdesk.mail.reading.builders import multipart, raw


def bodies_of(mail: bytes) -> list[bytes]:
    pending, found = [structure.parse(mail, defects=Defects())], []
    while pending:
        part = pending.pop(0)
        pending = part.children + pending
        if not part.is_multipart:
            found.append(part.body())
    return found


def mixed(body: str, boundary: str = "a") -> bytes:
    return raw(f"Content-Type: multipart/mixed; boundary={boundary}", body=body)


def test_parts_are_cut_at_the_delimiters() -> None:
    assert bodies_of(mixed("before\n--a\n\none\n--a\n\ntwo\n--a--\nafter")) == [b"one", b"two"]


def test_carriage_returns_belong_to_the_delimiters() -> None:
    mail = mixed("--a\n\none\n--a\n\ntwo\n--a--").replace(b"\n", b"\r\n")
    assert bodies_of(mail) == [b"one", b"two"]


def test_missing_closing_delimiter_loses_nothing() -> None:
    mail = mixed("--a\n\none\n--a\n\ntwo")
    assert bodies_of(mail) == [b"one", b"two"]
    assert read(mail).defects == ("The closing boundary was missing.",)


def test_boundary_that_is_a_prefix_of_another_is_not_confused_with_it() -> None:
    inner = "Content-Type: multipart/mixed; boundary=ab\n\n--ab\n\none\n--ab--"
    assert bodies_of(mixed(f"--a\n{inner}\n--a\n\ntwo\n--a--")) == [b"one", b"two"]


def test_outer_delimiter_ends_the_inner_parts() -> None:
    inner = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none"
    assert bodies_of(mixed(f"--a\n{inner}\n--a\n\ntwo\n--a--")) == [b"one", b"two"]


def test_part_after_the_closing_delimiter_is_kept() -> None:
    assert bodies_of(mixed("--a\n\none\n--a--\n--a\n\ntwo\n--a--")) == [b"one", b"two"]


def test_boundary_is_read_from_the_body_when_the_header_is_wrong() -> None:
    part = "--real\nContent-Type: text/plain\n\none\n--real--"
    assert bodies_of(mixed(part, boundary="wrong")) == [b"one"]


def test_part_without_header_is_text() -> None:
    assert read(multipart("mixed", "\nwords")).text == "words"


def test_part_whose_header_has_no_end_is_empty() -> None:
    mail = mixed("--a\nContent-Type: text/plain\n--a\n\ntwo\n--a--")
    assert bodies_of(mail) == [b"", b"two"]


def test_no_more_than_a_thousand_parts_are_read() -> None:
    mail = read(multipart("mixed", *["Content-Type: image/png\n\nx"] * 1_100))
    assert len(mail.attachments) == 1_000
    assert "The mail has more than 1,000 parts." in mail.defects


def test_nesting_ends_at_fifty() -> None:
    levels = "".join(
        f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(200)
    )
    mail = read(raw("Content-Type: multipart/mixed; boundary=b0", body=levels + "--b200\n\nx"))
    assert "The parts of the mail are nested more than 50 deep." in mail.defects
