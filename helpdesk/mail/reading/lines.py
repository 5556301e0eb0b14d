"""A text as lines with their quote depth: the ground on which quotes are found."""

import re
from dataclasses import dataclass

_QUOTE_SIGNS = re.compile(r"[ \t]{0,3}((?:[>＞][ \t]?)+)")


@dataclass(slots=True)
class Line:
    """One line.

    `text` is without quote signs and `whole` with them; `depth` counts them, or the block quotes
    around the line; `mark` is what the sender's program said in HTML ("quote", "indent",
    "signature", "rest": from here on quoted, or ""); `start` is where it begins in the source.
    """

    text: str
    whole: str
    depth: int = 0
    mark: str = ""
    start: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written on it."""
        return not self.text or self.text.isspace()


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text; quote signs are counted and taken off."""
    lines: list[Line] = []
    open_brackets = 0
    for each in text.split("\n"):
        line = plain_line(each, closes=open_brackets > 0)
        # A sign that closes a bracket of the lines above (`Ada <` / `ada@x` / `> wrote:`) is none.
        brackets = each.count("<") - each.count(">")
        open_brackets = 0 if line.depth else max(0, min(1, open_brackets + brackets))
        lines.append(line)
    return lines


def plain_line(text: str, *, closes: bool = False) -> Line:
    """One line, its quote signs counted; `closes`: a leading sign ends a bracket above it."""
    if text.startswith((">", " ", "\t", "＞")) and not (closes and text.startswith(">")):
        signs = _QUOTE_SIGNS.match(text)
        if signs is not None:
            depth = signs[1].count(">") + signs[1].count("＞")
            return Line(text[signs.end() :], text, depth)
    return Line(text, text)
