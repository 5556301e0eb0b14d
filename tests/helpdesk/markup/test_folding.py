"""The quoted rest of a mail."""

import pytest

from helpdesk.markup.cleaning import clean_html
from helpdesk.markup.folding import SUMMARY

FOLD = f"<details><summary>{SUMMARY}</summary>"


@pytest.mark.parametrize(
    ("program", "html"),
    [
        ("Gmail", '<div>New</div><div class="gmail_quote"><div>On Mon wrote:</div>old</div>'),
        ("Apple Mail", 'New<br><blockquote type="cite"><div>On Mon wrote:</div>old</blockquote>'),
        ("Thunderbird", '<p>New</p><div class="moz-cite-prefix">On Mon</div><p>old</p>'),
        ("Outlook on the web", '<div>New</div><div id="appendonsend"></div><hr><div>old</div>'),
        (
            "Outlook",
            '<div><p>New</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt">'
            "<p>From: Ada</p></div></div><p>old</p></div>",
        ),
        ("Yahoo", '<div>New</div><div id="yq" class="yahoo_quoted"><div>old</div></div>'),
        ("ProtonMail", 'New<div class="protonmail_quote">old</div>'),
    ],
)
def test_the_quote_of_each_mail_program_folds(program: str, html: str) -> None:
    new, fold, old = clean_html(html).html.partition(FOLD)
    assert ("New" in new, fold, "old" in old) == (True, FOLD, True)


@pytest.mark.parametrize(
    ("why", "html"),
    [
        ("answered below", '<blockquote type="cite">old</blockquote><p>New</p>'),
        (
            "answered between",
            'a<blockquote type="cite">1</blockquote>New<blockquote type="cite">2</blockquote>b',
        ),
        ("a pure forward", '<div class="gmail_quote">old</div>'),
        ("a forward with spaces", '<p>&nbsp;</p><div class="gmail_quote">old</div>'),
        ("no mark", "<p>New</p><blockquote>quoted by hand</blockquote>"),
    ],
)
def test_what_may_have_been_written_just_now_stays_open(why: str, html: str) -> None:
    assert "<details>" not in clean_html(html).html


def test_several_quotes_at_the_end_fold_together() -> None:
    html = 'New<blockquote type="cite">1</blockquote> <blockquote type="cite">2</blockquote>'
    assert clean_html(html).html.count("<details>") == 1


def test_nothing_folds_in_an_editor() -> None:
    html = 'New<blockquote type="cite">old</blockquote>'
    assert "<details>" not in clean_html(html, fold_quotes=False).html
