"""Bytes into text."""

import pytest

from helpdesk.mail.reading import charsets

TEXT = "Grüße — 100 €"
CLEAN = [
    (TEXT.encode(), "utf-8", TEXT),
    (TEXT.encode("cp1252"), "iso-8859-1", TEXT),
    ("Grüße".encode("latin-1"), "us-ascii", "Grüße"),
    ("Příliš žluťoučký".encode("iso8859-2"), "iso-8859-2", "Příliš žluťoučký"),
    ("ƒ镕".encode("gb18030"), "gb2312", "ƒ镕"),
    ("똠방각하".encode("cp949"), "ks_c_5601-1987", "똠방각하"),
    ("①髙".encode("cp932"), "shift_jis", "①髙"),
    ("您好".encode("big5"), "big5", "您好"),
    ("привет".encode("koi8-r"), "KOI8-R", "привет"),
    ("Grüße".encode("utf-16"), "utf-16", "Grüße"),
    (b'\x1b$B-!$"\x1b(B', "iso-2022-jp", "①あ"),
    (b'\x1b$B$"\x1b(B', "", "あ"),
    (b"\x1b(I1\x1b(B", "iso-2022-jp", "ｱ"),
    (b"\xef\xbb\xbfabc", "", "abc"),
]
WRONG = [
    ("Grüße".encode(), "us-ascii", "Grüße"),
    ("Grüße".encode(), "iso-8859-1", "Grüße"),
    ("您好吗".encode(), "gb2312", "您好吗"),
    ("您好吗".encode(), "big5", "您好吗"),
    ("Grüße".encode("latin-1"), "utf-8", "Grüße"),
    ("Grüße".encode("latin-1"), "unknown-8bit", "Grüße"),
    ("Grüße".encode("latin-1"), "no such charset; x", "Grüße"),
    ("Здравствуйте, у нас не работает печать".encode("cp1251"), "",
     "Здравствуйте, у нас не работает печать"),
    (b"ok " + "äöüäöüäöü".encode()[:-1], "utf-8", "ok äöüäöüäö\ufffd"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "label", "expected"), CLEAN)
def test_text_is_read_as_its_label_or_the_wider_charset_says(
    data: bytes, label: str, expected: str
) -> None:
    assert charsets.decode(data, label=label) == expected


@pytest.mark.parametrize(("data", "label", "expected"), WRONG)
def test_text_with_a_wrong_label_is_read_all_the_same(
    data: bytes, label: str, expected: str
) -> None:
    assert charsets.decode(data, label=label) == expected


@pytest.mark.parametrize("label", ["utf-7", "unicode_escape", "rot13", "idna", "cp037", "zlib"])
def test_dangerous_codec_is_never_used(label: str) -> None:
    assert charsets.decode(b"+ADw-script\\x41", label=label) == "+ADw-script\\x41"
    assert charsets.codec_of(label) == ""
