"""HTML cut into tokens as the HTML standard cuts it, in time linear in its length.

The standard library's parser and lxml each have input that costs them quadratic time (a tag with
100,000 attributes takes libxml2 15 s), and mail is written by anybody. Nothing here makes HTML
safe: that is `cleaning.py`'s last step.
"""

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

MAX_ATTRIBUTES = 40


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag; of two attributes with one name the first counts."""

    tag: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """An end tag."""

    tag: str


Token = str | Start | End

# Their content is text to a browser, never elements: what is code or unseen goes with its tag.
UNSEEN = frozenset({"script", "style", "title", "iframe", "noembed", "noframes"})
RAW_TEXT = UNSEEN | {"textarea", "xmp"}

_SPACE = "\t\n\f\r "
_OPENING = re.compile(r"<[A-Za-z/!?]")
_NAME = re.compile(rf"[^{_SPACE}/>]+")
_GAP = re.compile(rf"[{_SPACE}/]*")
_ATTRIBUTE = re.compile(
    rf"""([^{_SPACE}/>][^{_SPACE}/>=]*)"""
    rf"""(?:[{_SPACE}]*=[{_SPACE}]*("[^"]*"|'[^']*'|[^{_SPACE}>"'][^{_SPACE}>]*|))?"""
)
_COMMENT_END = re.compile(r"--!?>")
_RAW_TEXT_END = {
    tag: re.compile(rf"</{tag}(?=[{_SPACE}/>])", re.IGNORECASE) for tag in sorted(RAW_TEXT)
}
# int() refuses long runs of digits, and no character has more than seven of them.
_ABSURD_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_REFERENCE_IN_VALUE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)")


def tokens_of(html: str) -> Iterator[Token]:
    """Yield text (references decoded), start tags and end tags of `html`; comments vanish.

    Names of tags and attributes come in small letters. A tag that the text ends in is dropped,
    as in browsers (HTML standard, 13.2.5). Unlike there a `<script>` or `<title>` that is never
    closed does not swallow the rest: what follows is shown rather than hidden.
    """
    position, length = 0, len(html)
    unclosed: set[str] = set()
    while position < length:
        found = _OPENING.search(html, position)
        opening = found.start() if found else length
        if opening > position:
            yield decoded(html[position:opening])
        if opening == length:
            return
        token, position = _markup_at(html, opening)
        if token is not None:
            yield token
        if isinstance(token, Start) and token.tag in RAW_TEXT and token.tag not in unclosed:
            end = _RAW_TEXT_END[token.tag].search(html, position)
            if end is None:
                unclosed.add(token.tag)
                continue
            if token.tag not in UNSEEN:
                yield html[position : end.start()]
            position = end.start()
        elif isinstance(token, Start) and token.tag == "plaintext":
            yield html[position:]
            return


def decoded(text: str) -> str:
    """Return `text` with its character references decoded, as outside of tags."""
    if "&" not in text:
        return text
    return entities.unescape(_ABSURD_REFERENCE.sub("\ufffd", text))


def _markup_at(html: str, opening: int) -> tuple[Token | None, int]:
    """Return the token that begins with the `<` at `opening` (None: a comment) and its end."""
    follower = html[opening + 1 : opening + 2]
    if follower.isalpha():
        return _tag_at(html, opening + 1, is_end=False)
    if follower == "/":
        after = html[opening + 2 : opening + 3]
        if after.isascii() and after.isalpha():
            return _tag_at(html, opening + 2, is_end=True)
        return None, _after(html, ">", opening)
    if html.startswith("<!--", opening):
        end = _COMMENT_END.search(html, opening + 2)
        return None, end.end() if end else len(html)
    return None, _after(html, ">", opening)


def _tag_at(html: str, start: int, *, is_end: bool) -> tuple[Token | None, int]:
    match = _NAME.match(html, start)
    if match is None:
        return None, len(html)
    tag, position = match[0].lower(), match.end()
    attributes: dict[str, str] = {}
    while True:
        gap = _GAP.match(html, position)
        position = gap.end() if gap else position
        if html.startswith(">", position):
            return (End(tag) if is_end else Start(tag, attributes)), position + 1
        attribute = _ATTRIBUTE.match(html, position)
        if attribute is None:
            return None, len(html)
        position = attribute.end()
        if len(attributes) < MAX_ATTRIBUTES and not is_end:
            attributes.setdefault(attribute[1].lower(), _value_of(attribute[2] or ""))


def _value_of(written: str) -> str:
    """Return an attribute's value; `?a=1&copy=2` keeps its `&copy` (HTML standard, 13.2.5.73)."""
    value = written[1:-1] if written[:1] in {'"', "'"} else written
    if "&" not in value:
        return value
    value = _ABSURD_REFERENCE.sub("\ufffd", value)
    return _REFERENCE_IN_VALUE.sub(lambda match: _decoded_in_value(match, value), value)


def _decoded_in_value(match: re.Match[str], value: str) -> str:
    reference = match[0]
    if reference.startswith("&#") or reference.endswith(";"):
        return entities.unescape(reference)
    if value[match.end() : match.end() + 1] == "=":
        return reference
    known = html5.get(reference[1:])
    return reference if known is None else known


def _after(html: str, sign: str, position: int) -> int:
    found = html.find(sign, position)
    return len(html) if found < 0 else found + 1
