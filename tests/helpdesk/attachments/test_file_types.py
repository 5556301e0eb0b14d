"""What kind of file it is."""

import pytest

from helpdesk.attachments.file_types import UNKNOWN, FileType, recognise
from tests.helpdesk.attachments.conftest import a_picture

ZIP = b"PK\x03\x04" + b"\x00" * 60
PDF = b"%PDF-1.7\n"
EXE = b"MZ\x90\x00" + b"\x00" * 60
OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("head", "filename", "served"),
    [
        (a_picture("PNG"), "a.png", "image/png"),
        (a_picture("JPEG"), "a.jpg", "image/jpeg"),
        (a_picture("JPEG"), "a.jpeg", "image/jpeg"),
        (a_picture("GIF"), "a.gif", "image/gif"),
        (a_picture("WEBP"), "a.webp", "image/webp"),
        (a_picture("PNG"), "no ending", "image/png"),
        (a_picture("PNG"), "lies.jpg", "image/png"),
        (PDF, "a.pdf", "application/pdf"),
        (ZIP, "a.docx", OFFICE + "wordprocessingml.document"),
        (ZIP, "a.xlsx", OFFICE + "spreadsheetml.sheet"),
        (b"a,b\n1,2\n", "a.csv", "text/csv"),
        (b"words", "a.txt", "text/plain"),
        (b"BEGIN:VCALENDAR", "a.ics", "text/calendar"),
        (b"words", "a", UNKNOWN),
        (b"words", "a.unheard-of", UNKNOWN),
        (b"", "a.png", UNKNOWN),
        (b"no picture", "a.png", UNKNOWN),
        (b"\x00\x01", "a.txt", UNKNOWN),
        (b"<html>", "a.txt", UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "a.png", UNKNOWN),
    ],
)
def test_the_content_decides_what_a_file_is_served_as(
    head: bytes, filename: str, served: str
) -> None:
    assert recognise(head, filename=filename, declared_type="").content_type == served


@pytest.mark.parametrize(
    ("head", "filename", "declared"),
    [
        (EXE, "invoice.pdf", "application/pdf"),
        (b"\x7fELF", "a", ""),
        (b"#!/bin/sh", "a.txt", ""),
        (b"words", "invoice.pdf.exe", ""),
        (b"words", "a.JS", ""),
        (b"words", "a.html", ""),
        (b"words", "a.svg", ""),
        (b"words", "a.lnk", ""),
        (ZIP, "a.docm", ""),
        (b"words", "a.txt", "text/html"),
        (b"words", "a.txt", "Text/HTML; charset=utf-8"),
        (b"words", "a.txt", "image/svg+xml"),
        (b" \n<SVG onload=alert(1)>", "a.txt", ""),
        (b"<?xml version='1.0'?>", "a.txt", ""),
        (b"\xef\xbb\xbf\n<!doctype HTML>", "a.txt", ""),
    ],
)
def test_what_runs_when_it_is_opened_is_marked_and_served_as_nothing_known(
    head: bytes, filename: str, declared: str
) -> None:
    kind = recognise(head, filename=filename, declared_type=declared)
    assert (kind.is_dangerous, kind.content_type) == (True, UNKNOWN)


@pytest.mark.parametrize(
    ("head", "filename"),
    [
        (b'{"log": {"version": "1.2", "creator": {}}}', "a.json"),
        (b"{}", "session.har"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----", "a.txt"),
        (b"-----BEGIN PRIVATE KEY-----", "a.txt"),
        (b"key = AKIAIOSFODNN7EXAMPLE", "a.txt"),
        (b"", ".env"),
        (b"", "id_rsa"),
        (b"", "web.config"),
        (b"", "server.PEM"),
        (b"", "app.yml"),
    ],
)
def test_what_often_holds_passwords_and_keys_is_marked(head: bytes, filename: str) -> None:
    assert recognise(head, filename=filename, declared_type="").contains_secrets


def test_an_ordinary_file_carries_no_mark() -> None:
    assert recognise(PDF, filename="a.pdf", declared_type="text/x") == FileType(
        "application/pdf", is_dangerous=False, contains_secrets=False
    )
