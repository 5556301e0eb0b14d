"""The reply in a mail: its text and HTML without quote and signature, and what was taken off."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from . import html_text, quotes, signatures
from . import lines as text_lines
from .limits import MAX_QUOTE_CHARACTERS, MAX_QUOTE_LINES
from .lines import Line

_FORWARD = re.compile(
    r"\s*(?:fwd?|fw|wg|tr|rv|enc|i|doorst|vs|vb|vl|pd|přep|továbbítás|redir|пересл|ilt|转发|轉寄|転送|전달)"
    r"\s?[:：]",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_BLANKS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Reply:
    """A text in three pieces; together they are all of it."""

    text: str
    quoted: str
    signature: str


@dataclass(frozen=True, slots=True)
class HtmlReply:
    """The same for HTML: the source is cut at tags, so that a sanitiser can close what is open."""

    text: str
    quoted: str


def of_text(text: str, *, subject: str) -> Reply:
    """The reply in a plain text."""
    head, tail = _within_limit(text)
    lines = text_lines.lines_of(head)
    cut = quotes.split(lines, is_html=False, is_forward=is_forward(subject))
    return _assembled(lines, cut, tail)


def of_html(source: str, *, subject: str) -> tuple[Reply, HtmlReply, str]:
    """The reply in HTML as text and as HTML, and the whole text."""
    lines = html_text.lines_of(source)
    known = _count_within_limit(lines)
    cut = quotes.split(lines[:known], is_html=True, is_forward=is_forward(subject))
    flags = cut.quoted + [cut.quoted[-1]] * (len(lines) - known) if lines else []
    reply = _assembled(lines, quotes.Split(flags, cut.kept), "")
    return reply, _html_reply(source, lines, flags), _joined(line.whole for line in lines)


def is_forward(subject: str) -> bool:
    """Whether a subject says that its mail was forwarded."""
    return _FORWARD.match(subject) is not None


def covers(reply: Reply, text: str) -> bool:
    """Whether every word of `text` stands in one of the pieces of `reply`."""
    pieces = f"{reply.text}\n{reply.quoted}\n{reply.signature}"
    return set(_LETTERS.findall(text)) <= set(_LETTERS.findall(pieces))


def _within_limit(text: str) -> tuple[str, str]:
    """The part of a text in which quotes are looked for, and the rest."""
    head = text
    if len(text) > MAX_QUOTE_CHARACTERS:
        head = text[: text.rfind("\n", 0, MAX_QUOTE_CHARACTERS) + 1 or MAX_QUOTE_CHARACTERS]
    if head.count("\n") > MAX_QUOTE_LINES:
        head = head[: len(head) - len(head.split("\n", MAX_QUOTE_LINES)[-1])]
    return head, text[len(head) :]


def _count_within_limit(lines: Sequence[Line]) -> int:
    sizes = accumulate(len(line.text) + 1 for line in lines[:MAX_QUOTE_LINES])
    return max(1, sum(1 for size in sizes if size <= MAX_QUOTE_CHARACTERS))


def _assembled(lines: list[Line], cut: quotes.Split, tail: str) -> Reply:
    visible: list[Line] = []
    quoted: list[str] = []
    for index, (line, is_quoted) in enumerate(zip(lines, cut.quoted, strict=True)):
        kept = cut.kept.get(index)
        if kept is not None:
            words = line.text[:kept].rstrip(" \t-–—_")
            visible.append(Line(words, words))
            quoted.append(line.text[kept:])
        elif is_quoted:
            quoted.append(line.whole)
        else:
            visible.append(line)
    if tail and cut.quoted and cut.quoted[-1]:
        quoted.append(tail)
    elif tail:
        return Reply(_joined([*(line.whole for line in visible), tail]), _joined(quoted), "")
    end = signatures.cut(visible)
    return Reply(
        _joined(line.whole for line in visible[:end]),
        _joined(quoted),
        _joined(line.whole for line in visible[end:]),
    )


def _html_reply(source: str, lines: Sequence[Line], flags: Sequence[bool]) -> HtmlReply:
    pieces: dict[bool, list[str]] = {True: [], False: []}
    runs = [
        (flag, next(group)[0]) for flag, group in groupby(enumerate(lines), lambda x: flags[x[0]])
    ]
    starts = [0, *(lines[first].start for _, first in runs[1:]), len(source)]
    for (flag, _), start, end in zip(runs, starts, starts[1:], strict=False):
        pieces[flag].append(source[start:end])
    return HtmlReply("".join(pieces[False]) if runs else source, "".join(pieces[True]))


def _joined(texts: Iterable[str]) -> str:
    return _BLANKS.sub("\n\n", "\n".join(texts)).strip("\n")
