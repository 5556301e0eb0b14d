"""A mail's words, filled: subject, text and HTML in the look of the Help Center."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import css_inline
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from helpdesk.mail.filling import (
    BUTTON,
    Values,
    fill_html,
    fill_line,
    fill_text,
    fill_text_as_html,
    is_void,
)
from helpdesk.mail.wording import Wording, wording_of
from helpdesk.markup.cleaning import clean_html

FRAME = "mail/_frame.html"
STYLES = "css/mail.css"
_FOOT = re.compile(r"(?:\A|\n)-- ?\n")


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """What `outbox.queue` takes."""

    subject: str
    text: str
    html: str


def render(kind: str, values: Values, *, language: str = "en") -> RenderedMail:
    """Return the mail of a kind with its values filled in, each escaped for its place.

    A placeholder without a value is left empty. Raises LookupError for a kind without words.
    """
    return render_wording(wording_of(kind, language=language), values, language=language)


def render_wording(wording: Wording, values: Values, *, language: str = "en") -> RenderedMail:
    """Return these words with their values filled in."""
    values = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **values}
    subject = fill_line(wording.subject, values)
    blocks = _blocks(wording.text, values)
    if wording.html:
        blocks.body = clean_html(fill_html(wording.html, values), fold_quotes=False).html
    return RenderedMail(
        subject=subject,
        text=fill_text(wording.text, values),
        html=_framed(subject, blocks, language=language),
    )


@dataclass(slots=True)
class _Blocks:
    """The parts of the layout, as HTML; addresses of buttons as text."""

    number_line: str = ""
    next_line: str = ""
    body: str = ""
    foot: str = ""
    buttons: list[tuple[str, str]] = field(default_factory=list)


def _blocks(text: str, values: Values) -> _Blocks:
    """Cut the words before they are filled: no value can make itself a button or a foot."""
    main, *foot = _FOOT.split(text.strip() + "\n", maxsplit=1)
    blocks = _Blocks(foot=_paragraphs(foot[0] if foot else "", values))
    lines = main.strip().split("\n")
    blocks.number_line = fill_text_as_html(lines[0], values)
    blocks.next_line = fill_text_as_html(lines[1], values) if len(lines) > 1 else ""
    rest: list[str] = []
    for paragraph in re.split(r"\n{2,}", "\n".join(lines[2:]).strip()):
        button = BUTTON.fullmatch(paragraph.strip())
        address = values.get(button["name"], "") if button else ""
        if button and address.startswith(("http://", "https://")):
            blocks.buttons.append((button["label"].strip(), address))
        elif not button:
            rest.append(paragraph)
    blocks.body = _paragraphs("\n\n".join(rest), values)
    return blocks


def _paragraphs(text: str, values: Values) -> str:
    written = []
    for paragraph in re.split(r"\n{2,}", text.strip()):
        lines = [
            fill_text_as_html(one, values)
            for one in paragraph.split("\n")
            if not is_void(one, values)
        ]
        if "".join(lines).strip():
            written.append(f"<p>{'<br>'.join(lines)}</p>")
    return "\n".join(written)


def _framed(subject: str, blocks: _Blocks, *, language: str) -> str:
    # What is marked as safe was escaped by `fill_html` or cleaned by `clean_html`.
    context = {
        "subject": subject,
        "number_line": mark_safe(blocks.number_line),
        "next_line": mark_safe(blocks.next_line),
        "body": mark_safe(blocks.body),
        "foot": mark_safe(blocks.foot),
        "buttons": blocks.buttons,
    }
    with translation.override(language):
        frame: str = render_to_string(FRAME, context)
    html = frame.replace("</head>", f"<style>{_styles()}</style></head>", 1)
    # Rules for dark mode stay in the style element: they cannot be put on elements.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline(html)


@cache
def _styles() -> str:
    found = finders.find(STYLES)
    return Path(str(found)).read_text("utf-8") if found else ""
