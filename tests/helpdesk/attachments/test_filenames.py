"""Names of files."""

import pytest

from helpdesk.attachments.filenames import ending_of, safe_filename


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("Käse & Brot (1).txt", "Käse & Brot (1).txt"),
        ("ka\u0308se.txt", "käse.txt"),
        ("日本語.pdf", "日本語.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\a.txt", "a.txt"),
        ("a/b/", "b"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("   ", "file"),
        ("\x00", "\ufffd"),
        ("a\x00.exe.txt", "a\ufffd.exe.txt"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ("a\tb\x0bc.txt", "abc.txt"),
        ("\u200b.htaccess", ".htaccess"),
        (".\u200bhtaccess", ".htaccess"),
        ("\ufeff.env", ".env"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u2066b\u2069.txt", "ab.txt"),
        ("a\u2028b\u2029.txt", "ab.txt"),
        ("so\u00adft.txt", "soft.txt"),
        ("\ud800.txt", "\ufffd.txt"),
        ("a.exe.", "a.exe"),
        ("a.exe . .", "a.exe"),
        ("a.txt::$DATA", "a.txt__$DATA"),
        ('a"b".txt', "a_b_.txt"),
        ("a<script>.txt", "a_script_.txt"),
        ("a|b?c*.txt", "a_b_c_.txt"),
        ("a   b.txt", "a b.txt"),
        ("%2e%2e%2fpasswd", "%2e%2e%2fpasswd"),
        ("=cmd|' /C calc'!A0.csv", "C calc'!A0.csv"),
        ("-rf", "-rf"),
        ("con.txt", "con.txt"),
        ("a;b.txt", "a;b.txt"),
        ("\U000e0041tag.txt", "tag.txt"),
        ("\ue000private.txt", "private.txt"),
    ],
)
def test_a_name_is_one_visible_line_and_no_path(written: str, kept: str) -> None:
    assert safe_filename(written) == kept


@pytest.mark.parametrize(
    "written", ["a" * 500 + ".pdf", "\u65e5" * 300 + ".pdf", "\U0001f600" * 100 + ".tar.pdf"]
)
def test_a_long_name_loses_its_middle_and_keeps_its_ending(written: str) -> None:
    name = safe_filename(written)
    assert 250 < len(name.encode()) <= 255
    assert name.endswith(".pdf")


def test_an_ending_that_is_none_is_cut_like_any_name() -> None:
    assert len(safe_filename("a." + "b" * 400).encode()) == 255


def test_a_name_that_was_made_safe_stays_as_it_is() -> None:
    assert safe_filename(safe_filename("\u200b../.a\u202eb. ")) == ".ab"


@pytest.mark.parametrize(
    ("name", "ending"), [("a.TXT", "txt"), ("a.tar.gz", "gz"), ("a", ""), (".env", "env")]
)
def test_the_ending_is_what_follows_the_last_dot(name: str, ending: str) -> None:
    assert ending_of(name) == ending
