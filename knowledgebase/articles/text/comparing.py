"""Two revisions beside each other, line by line, with the words that changed. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_LINES = 4_000
_AROUND = 3
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `kind` is same, removed, added, or gap for lines that are left out."""

    kind: str
    pieces: list[Piece]
    count: int = 0


def compare(before: str, after: str) -> list[Line]:
    """Return the lines of two texts as one list; long stretches that are the same are gaps."""
    old, new = before.splitlines()[:MOST_LINES], after.splitlines()[:MOST_LINES]
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            lines += _same(old[i1:i2], is_first=i1 == 0, is_last=i2 == len(old))
        else:
            lines += _changed(old[i1:i2], new[j1:j2])
    return lines


def _same(lines: list[str], *, is_first: bool, is_last: bool) -> Iterator[Line]:
    head = 0 if is_first else _AROUND
    tail = 0 if is_last else _AROUND
    hidden = len(lines) - head - tail
    shown = [Line("same", [Piece(line)]) for line in lines]
    if hidden <= 1:
        yield from shown
        return
    yield from shown[:head]
    yield Line("gap", [], count=hidden)
    yield from shown[len(shown) - tail :] if tail else []


def _changed(old: list[str], new: list[str]) -> Iterator[Line]:
    pairs = min(len(old), len(new))
    for before, after in zip(old[:pairs], new[:pairs], strict=True):
        removed, added = _words_of(before, after)
        yield Line("removed", removed)
        yield Line("added", added)
    yield from (Line("removed", [Piece(line, True)]) for line in old[pairs:])
    yield from (Line("added", [Piece(line, True)]) for line in new[pairs:])


def _words_of(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    removed: list[Piece] = []
    added: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_changed = tag != "equal"
        removed += [Piece("".join(old[i1:i2]), is_changed)] if i2 > i1 else []
        added += [Piece("".join(new[j1:j2]), is_changed)] if j2 > j1 else []
    return removed, added
