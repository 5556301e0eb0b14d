"""Between HTML and plain text: a text for reading, a preview, and HTML for what came as text."""

import html as entities
import re
from collections.abc import Iterator

from helpdesk.markup.characters import harmless, in_one_line
from helpdesk.markup.cleaning import MAX_CHARACTERS, CleanHtml, clean_html
from helpdesk.markup.elements import BLOCKS, Element, names, texts_of
from helpdesk.markup.links import safe_href
from helpdesk.markup.tree import tree_of

MAX_QUOTE_DEPTH = 8
_WITH_GAP = names("blockquote dl h1 h2 h3 h4 h5 h6 ol p pre table ul")
_SPACES = re.compile("[ \t\n\r\f]+")
_QUOTED_LINE = re.compile(r"((?:> ?)+)(.*)", re.DOTALL)
_LINK = re.compile(
    r"(?<![\w/@.-])(?:(?P<web>(?:https?://|www\.)[^\s<>\"\u00ab\u00bb]{3,2000})"
    r"|(?P<mailbox>[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])))",
    re.IGNORECASE,
)
_AFTER_LINK = ".,;:!?'\u2019\u201d)]}*_"


def text_of(html: str) -> str:
    """Return the text that a reader of `html` sees; quotes get `> `, lists get marks.

    For plain-text mails, search and previews. It is text: escape it wherever it is shown in HTML.
    Linear time; never raises.
    """
    writing = _Writing()
    writing.write(tree_of(harmless(html[:MAX_CHARACTERS])).root)
    return writing.text()


def html_of_text(text: str) -> CleanHtml:
    """Return plain text as HTML: paragraphs, `>` quotes folded into blocks, addresses as links."""
    lines = harmless(text[:MAX_CHARACTERS]).expandtabs(4).splitlines()
    cleaned = clean_html("".join(_html_of_lines(lines)), fold_quotes=False)
    is_cut = cleaned.is_cut or len(text) > MAX_CHARACTERS
    return CleanHtml(cleaned.html, is_cut=is_cut)


def preview_of(text: str, *, length: int) -> str:
    """Return the first `length` characters of `text` at most, in one line, cut between words."""
    line = in_one_line(text[: length * 8])
    if len(line) <= length:
        return line
    kept, space, _ = line[:length].rpartition(" ")
    return (kept if space and len(kept) > length // 2 else line[: length - 1]).rstrip(" ,.;:") + "…"


class _Writing:
    """Text as it grows, line by line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = self._last_quotes = 0
        self._wants_gap = False
        self._marks: list[int | None] = []

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines)

    def write(self, node: Element | str, *, is_verbatim: bool = False) -> None:
        if isinstance(node, str):
            self._write_text(node, is_verbatim=is_verbatim)
        elif node.tag == "br":
            self._break()
        elif node.tag == "img":
            self._line.append(_SPACES.sub(" ", node.attributes.get("alt", "")))
        elif node.tag == "hr":
            self._end_line()
            self._line.append("---")
            self._end_line()
        else:
            self._write_element(node, is_verbatim=is_verbatim or node.tag == "pre")

    def _write_element(self, element: Element, *, is_verbatim: bool) -> None:
        is_block = element.tag in BLOCKS or element.tag in {"tr", "caption"}
        if is_block:
            self._begin_block(element)
        if element.tag in {"td", "th"} and self._line:
            self._line.append(" ")
        for child in element.children:
            self.write(child, is_verbatim=is_verbatim)
        if element.tag == "a":
            self._write_address(element)
        if is_block:
            self._end_block(element)

    def _begin_block(self, element: Element) -> None:
        self._end_line()
        if element.tag in _WITH_GAP and not (self._marks and element.tag in {"ul", "ol"}):
            self._gap()
        if element.tag == "blockquote":
            self._quotes += 1
        elif element.tag in {"ul", "ol"}:
            self._marks.append(1 if element.tag == "ol" else None)
        elif element.tag == "li":
            self._line.append(self._mark())

    def _end_block(self, element: Element) -> None:
        self._end_line()
        if element.tag == "blockquote":
            self._quotes -= 1
        elif element.tag in {"ul", "ol"}:
            self._marks.pop()
        if element.tag in _WITH_GAP and not (self._marks and element.tag in {"ul", "ol"}):
            self._gap()

    def _mark(self) -> str:
        indent = "  " * max(len(self._marks) - 1, 0)
        number = self._marks[-1] if self._marks else None
        if number is None:
            return f"{indent}* "
        self._marks[-1] = number + 1
        return f"{indent}{number}. "

    def _write_text(self, text: str, *, is_verbatim: bool) -> None:
        if is_verbatim:
            first, *rest = text.expandtabs(4).splitlines() or [""]
            self._line.append(first)
            for line in rest:
                self._break()
                self._line.append(line)
            return
        text = _SPACES.sub(" ", text)
        if text.startswith(" ") and (not self._line or self._line[-1].endswith(" ")):
            text = text[1:]
        if text:
            self._line.append(text)

    def _write_address(self, link: Element) -> None:
        href = safe_href(link.attributes.get("href", ""))
        if href is None or not href.startswith("http"):
            return
        shown = "".join(texts_of(link)).strip().rstrip("/")
        if shown not in {href.rstrip("/"), href.split("://", 1)[1].rstrip("/")}:
            self._line.append(f" ({href})")

    def _break(self) -> None:
        if self._line:
            self._end_line()
        else:
            self._gap()

    def _gap(self) -> None:
        """Leave a blank line before whatever comes next; it is quoted as far as both sides are."""
        self._wants_gap = True

    def _end_line(self) -> None:
        line = "".join(self._line).replace("\u00a0", " ").rstrip()
        self._line = []
        if not line:
            return
        quotes = min(self._quotes, MAX_QUOTE_DEPTH)
        if self._wants_gap and self._lines:
            self._lines.append(("> " * min(quotes, self._last_quotes)).rstrip())
        self._lines.append("> " * quotes + line)
        self._wants_gap, self._last_quotes = False, quotes


def _html_of_lines(lines: list[str]) -> Iterator[str]:
    """Yield HTML for `lines`: blank lines part paragraphs, more `>` go deeper into quotes."""
    depth, is_open = 0, False
    for line in lines:
        level, content = _level_of(line)
        if (level != depth or not content.strip()) and is_open:
            yield "</p>"
            is_open = False
        yield "<blockquote>" * (level - depth) + "</blockquote>" * (depth - level)
        depth = level
        if content.strip():
            yield "<br>" if is_open else "<p>"
            is_open = True
            yield _linked(content)
    yield ("</p>" if is_open else "") + "</blockquote>" * depth


def _level_of(line: str) -> tuple[int, str]:
    quoted = _QUOTED_LINE.fullmatch(line)
    if quoted is None:
        return 0, line
    return min(quoted[1].count(">"), MAX_QUOTE_DEPTH), quoted[2]


def _linked(line: str) -> str:
    written: list[str] = []
    position = 0
    for match in _LINK.finditer(line):
        shown = _without_what_follows(match[0])
        href = safe_href(_address_of(match, shown))
        if href is None:
            continue
        written.append(_spaced(line[position : match.start()]))
        written.append(f'<a href="{entities.escape(href)}">{entities.escape(shown)}</a>')
        position = match.start() + len(shown)
    written.append(_spaced(line[position:]))
    return "".join(written)


def _address_of(match: re.Match[str], shown: str) -> str:
    if match["mailbox"]:
        return f"mailto:{shown}"
    return shown if shown.lower().startswith("http") else f"https://{shown}"


def _without_what_follows(address: str) -> str:
    """Return `address` without the punctuation of the sentence that it stands in."""
    while address and address[-1] in _AFTER_LINK:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address


def _spaced(text: str) -> str:
    """Escape `text`; columns made with spaces (logs, tables) keep their place."""
    return entities.escape(text, quote=False).replace("  ", " \u00a0")
