"""Files and their names."""

import pytest

from helpdesk.mail.reading import filenames, read
from tests.helpdesk.mail.reading.builders import multipart

NAMES = [
    ("report.pdf", "report.pdf"),
    ("../../etc/passwd", "passwd"),
    ("..\\..\\boot.ini", "boot.ini"),
    ("C:\\Users\\carla\\bill.pdf", "bill.pdf"),
    ("a\r\nb.pdf", "a  b.pdf"),
    ("a\x00b.pdf", "ab.pdf"),
    ("\u200b.htaccess", ".htaccess"),
    ("evil\u202efdp.exe", "evilfdp.exe"),
    ("a:b?c*.txt", "a_b_c_.txt"),
    ("  spaced.txt ", "spaced.txt"),
    ("u\u0308.txt", "ü.txt"),
    ("...", ""),
    ("folder/", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_name_is_made_safe(name: str, expected: str) -> None:
    assert filenames.cleaned(name) == expected


def test_long_name_keeps_its_extension_within_255_bytes() -> None:
    name = filenames.cleaned("ü" * 500 + ".pdf")
    assert name == "ü" * 125 + ".pdf"
    assert len(name.encode()) <= 255


def test_file_without_a_name_gets_one_by_its_type() -> None:
    mail = read(multipart("mixed", "Content-Type: image/jpeg\n\nx", "Content-Type: x/y\n\nx"))
    assert [file.filename for file in mail.attachments] == ["attachment-1.jpg", "attachment-2.bin"]


def test_two_files_of_one_name_are_both_kept() -> None:
    part = "Content-Type: image/png; name=a.png\n\n"
    mail = read(multipart("mixed", part + "1", part + "2"))
    assert [(file.filename, file.content) for file in mail.attachments] == [
        ("a.png", b"1"),
        ("a.png", b"2"),
    ]


def test_image_is_inline_when_the_html_shows_it() -> None:
    html = 'Content-Type: text/html\n\n<img src="cid:Logo%40x">'
    shown = "Content-Type: image/png\nContent-ID: <logo@x>\n\n1"
    other = "Content-Type: image/png\nContent-ID: <other@x>\nContent-Disposition: inline\n\n2"
    mail = read(multipart("related", html, shown, other))
    assert [(file.content_id, file.inline) for file in mail.attachments] == [
        ("logo@x", True),
        ("other@x", False),
    ]


def test_raw_name_is_read_in_the_charset_of_its_mail() -> None:
    part = "Content-Type: application/pdf; name=NAME.pdf\n\nx"
    mail = multipart("mixed", "Content-Type: text/plain; charset=gb2312\n\n", part)
    mail = mail.replace(b"NAME", "发票".encode("gb18030"))
    mail = mail.replace(b'boundary="next"', b'boundary="next"; charset=gb2312')
    assert read(mail).attachments[0].filename == "发票.pdf"
