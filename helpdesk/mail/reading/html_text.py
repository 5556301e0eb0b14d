"""HTML as lines of text, each knowing where it began and what the sender's program called it.

A tokenizer, not a tree: it goes through the source once, whatever the source is, and never fails.
Nothing here makes HTML safe; that is the business of the sanitiser.
"""

import html
import re

from .html_marks import Scope, mark_of
from .lines import Line, plain_line

_TAG = re.compile(
    r"<(?:(/?)([a-zA-Z][^\s/>]*)((?:[^>=]+|=\s*(?:\"[^\"]*\"|'[^']*')?)*+)>|!--|[!?])"
)
_CARELESS_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*)([^>]*+)>|!--|[!?])")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
_NOTES_ADDRESS = re.compile(r"<[^\s<>@]{1,100}@[^\s<>]{1,150}>")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"])
_SILENT = frozenset(
    ["script", "style", "title", "template", "noframes", "xml", "select", "svg", "math"]
)
RULE = "_" * 32


def lines_of(source: str) -> list[Line]:
    """The text of `source`, line by line, with quote depth and marks."""
    reader = _Reader(source)
    reader.read()
    return reader.lines


class _Reader:
    """What is known while the source is walked through."""

    def __init__(self, source: str) -> None:
        self.lines: list[Line] = []
        self._source = source
        self._pieces: list[str] = []
        self._scope = Scope()
        self._start = 0
        self._has_start = False
        self._wants_blank = False
        self._pre = 0
        self._tag = _TAG

    def read(self) -> None:
        """Walk through the source once."""
        source, position = self._source, 0
        while True:
            at = source.find("<", position)
            if at < 0:
                self._text(position, len(source))
                break
            if at > position:
                self._text(position, at)
            position = self._markup(at)
        self._break(len(source))

    def _markup(self, at: int) -> int:
        """Handle what begins with `<` at `at`; where to go on."""
        tag = self._tag.match(self._source, at)
        if tag is None and self._source[at + 1 : at + 2].strip("/ \t\n").isalpha():
            # No end that heeds quotes: from now on any `>` will do, so that each tag is read once.
            self._tag = _CARELESS_TAG
            tag = self._tag.match(self._source, at)
            if tag is None:
                self._text(at, len(self._source))
                return len(self._source)
        if tag is None:
            self._text(at, at + 1)
            return at + 1
        name = tag[2]
        if name is None:
            return self._skip_declaration(tag, at)
        if "@" in name and _NOTES_ADDRESS.match(self._source, at):
            # An address in brackets that nobody escaped: `<someone@example.com>`.
            self._text(at, tag.end())
            return tag.end()
        name = name.lower()
        if tag[1]:
            self._close(name, at)
        else:
            self._open(name, tag[3] or "", at)
            if name in _SILENT and not (tag[3] or "").endswith("/"):
                return self._skip_element(name, tag.end())
        return tag.end()

    def _skip_declaration(self, tag: re.Match[str], at: int) -> int:
        """Past a comment, doctype or processing instruction; an endless one ends the source."""
        end_mark = "-->" if tag[0] == "<!--" else ">"
        end = self._source.find(end_mark, tag.end())
        if end < 0 and end_mark == "-->":
            end_mark = ">"
            end = self._source.find(end_mark, tag.end())
        return end + len(end_mark) if end >= 0 else len(self._source)

    def _skip_element(self, name: str, position: int) -> int:
        end = re.compile(f"</{name}[\\s>/]", re.IGNORECASE).search(self._source, position)
        return end.start() if end else len(self._source)

    def _text(self, start: int, end: int) -> None:
        text = self._source[start:end]
        if not self._pieces:
            if not self._pre and (not text or text.isspace()):
                return
            if not self._has_start:
                self._start, self._has_start = start, True
        if "&" in text:
            text = html.unescape(_LONG_NUMBER.sub("\ufffd", text))
        if self._pre and "\n" in text:
            *whole, rest = text.split("\n")
            for line in whole:
                self._pieces.append(line)
                self._flush(end, keep_blank=True)
            text = rest
        self._pieces.append(text)

    def _open(self, name: str, attributes: str, at: int) -> None:
        if name == "br":
            self._flush(at, keep_blank=True)
            return
        if name in ("td", "th"):
            self._pieces.append(" ")
            return
        if name == "hr":
            self._break(at)
            self._mark_start(at)
            if mark_of(name, attributes) == "rest":
                self._scope.to_end()
            self._pieces.append(RULE)
            self._flush(at)
            return
        if name in _BLOCKS or name in _PARAGRAPHS:
            self._break(at, blank=name in _PARAGRAPHS)
            self._mark_start(at)
            if name == "li":
                self._pieces.append("* ")
        mark = mark_of(name, attributes) if attributes or name == "blockquote" else ""
        if mark:
            self._break(at)
            self._mark_start(at)
        self._scope.open(name, mark)
        self._pre += name == "pre"

    def _close(self, name: str, at: int) -> None:
        if name in _BLOCKS or name in _PARAGRAPHS:
            self._break(at, blank=name in _PARAGRAPHS)
        elif self._scope.would_close(name):
            self._break(at)
        self._scope.close(name)
        if name == "pre" and self._pre:
            self._pre -= 1

    def _mark_start(self, at: int) -> None:
        if not self._has_start:
            self._start, self._has_start = at, True

    def _break(self, at: int, *, blank: bool = False) -> None:
        """End the line if it has text; `blank`: a paragraph begins or ends here."""
        self._flush(at)
        self._wants_blank = self._wants_blank or blank

    def _flush(self, at: int, *, keep_blank: bool = False) -> None:
        if not self._pieces and not keep_blank:
            return
        joined = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
        text = joined.rstrip() if self._pre else " ".join(joined.split())
        self._pieces.clear()
        if not text and not keep_blank:
            return
        start = self._start if self._has_start else at
        depth, mark = self._scope.depth, self._scope.mark
        if self._wants_blank and text and self.lines and self.lines[-1].text:
            self.lines.append(Line("", "", depth, mark, start))
        self._wants_blank = False
        if text.startswith(">"):
            line = plain_line(text)
            self.lines.append(Line(line.text, text, depth + line.depth, mark, start))
        else:
            self.lines.append(Line(text, text, depth, mark, start))
        self._has_start = False
