"""Which parts are read and which are kept as files."""

import pytest

from helpdesk.mail.reading import read
from tests.helpdesk.mail.reading.builders import multipart, raw, read_mail

PLAIN = "Content-Type: text/plain\n\nplain words"
HTML = "Content-Type: text/html\n\n<p>rich words</p>"
IMAGE = "Content-Type: image/png\nContent-ID: <logo@x>\n\npng"


def test_plain_alternative_is_the_text_and_the_other_the_html() -> None:
    mail = read(multipart("alternative", PLAIN, HTML))
    assert (mail.text, mail.html) == ("plain words", "<p>rich words</p>")


def test_empty_plain_part_does_not_hide_the_html() -> None:
    mail = read(multipart("alternative", "Content-Type: text/plain\n\n \n", HTML))
    assert mail.text == "rich words"


def test_all_text_parts_are_body_in_order() -> None:
    mail = read(multipart("mixed", PLAIN, IMAGE, "Content-Type: text/plain\n\nmore words"))
    assert mail.text == "plain words\nmore words"
    assert [file.content_type for file in mail.attachments] == ["image/png"]


def test_plain_text_beside_html_is_not_lost_in_the_html() -> None:
    mail = read(multipart("mixed", HTML, "Content-Type: text/plain\n\na < b"))
    assert mail.html is not None
    assert "a &lt; b" in mail.html


def test_text_with_a_file_name_is_a_file() -> None:
    part = "Content-Type: text/plain\nContent-Disposition: inline; filename=log.txt\n\nlines"
    mail = read(multipart("mixed", PLAIN, part))
    assert mail.text == "plain words"
    assert [(file.filename, file.content) for file in mail.attachments] == [("log.txt", b"lines")]


def test_mail_that_is_a_file_has_no_text() -> None:
    mail = read_mail("Content-Type: application/pdf; name=bill.pdf", body="%PDF")
    assert mail.text == ""
    assert [(file.filename, file.size) for file in mail.attachments] == [("bill.pdf", 4)]


def test_attached_mail_stays_one_file() -> None:
    part = "Content-Type: message/rfc822\n\nSubject: Old news\n\nold words"
    mail = read(multipart("mixed", PLAIN, part))
    assert mail.text == "plain words"
    assert [(file.filename, file.kind) for file in mail.attachments] == [
        ("Old news.eml", "message")
    ]


@pytest.mark.parametrize("given", ["multipart/mixed", 'multipart/mixed; boundary="not there"'])
def test_multipart_without_parts_is_text(given: str) -> None:
    assert read_mail(f"Content-Type: {given}", body="only words").text == "only words"


def test_flowed_text_is_joined_and_its_quotes_kept() -> None:
    mail = read_mail(
        "Content-Type: text/plain; format=flowed", body="one \ntwo\n> three \n> four\n-- \nsig"
    )
    assert mail.text == "one two\n> three four\n-- \nsig"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", "aGVsbG8="),
        ("BASE64", "aGVs\n bG8"),
        ("base64", "aGVs=bG8="),
        ("base64", "hello, this is not base64 at all, honestly"),
        ("quoted-printable", "h=65ll=\no"),
        ("x-unknown", "hello"),
        ('"quoted-printable"', "=68ello"),
    ],
)
def test_transfer_encoding_is_undone(encoding: str, body: str) -> None:
    mail = read_mail(f"Content-Transfer-Encoding: {encoding}", body=body)
    assert mail.text.startswith("hello")


def test_file_pasted_by_uuencode_is_taken_out() -> None:
    mail = read_mail(body="See below.\nbegin 644 a.txt\n%:&5L;&\\\n`\nend\nBye.")
    assert mail.text == "See below.\nbegin 644 a.txt\n\nBye."
    assert [(file.filename, file.content) for file in mail.attachments] == [("a.txt", b"hello")]


def test_html_names_its_own_charset() -> None:
    body = b'<html><meta charset="koi8-r"><p>' + "привет".encode("koi8-r")
    assert read(raw("Content-Type: text/html", body=body)).text == "привет"


def test_calendar_invitation_is_kept_as_a_file() -> None:
    part = "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"
    mail = read(multipart("alternative", PLAIN, part))
    assert mail.kinds == {"calendar"}
    assert [file.filename for file in mail.attachments] == ["attachment-1.ics"]


def test_signed_mail_says_so_and_keeps_its_signature() -> None:
    part = "Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN"
    mail = read(multipart("signed", PLAIN, part))
    assert (mail.text, mail.kinds) == ("plain words", frozenset({"pgp"}))


def test_encrypted_mail_says_so() -> None:
    fields = 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'
    mail = read_mail(fields, body="secret")
    assert mail.kinds == {"smime"}
    assert [file.filename for file in mail.attachments] == ["smime.p7m"]
