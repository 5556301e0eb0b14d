"""The block of headers above a quoted mail: From, Sent, To, Subject, in many languages."""

import re
from collections.abc import Sequence

from . import separators
from .header_words import KEYS, RUN_TOGETHER
from .lines import Line

_LONGEST_KEY = max(len(key) for key in KEYS)
_INLINE = re.compile(rf"(?:^|[\s*_])({RUN_TOGETHER})\s?[*_]{{0,2}}[:：]", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>@:]{1,100}@[^\s<>@]{1,200}")
_ONLY_ADDRESS = re.compile(
    r"\"?[^@\n\"]{0,80}\"?\s?[<\[(]?(?:mailto:)?[^\s<>@,]{1,100}@[\w.-]{1,200}[>\])]?"
    r"(?:\s?[<\[(]mailto:[^\s]{1,300}[>\])])?(?:\s{0,3}on behalf of.{0,200})?"
)
_KEY_TRIM = " \t\u00a0*_|>-•·\u200e\u200f\u202a\u202c"
_FIRST = frozenset({"from", "date", "subject", "to"})
_MOST_LINES = 40
_MOST_OTHERS = 3
_MOST_OF_A_KIND = 2
_LONGEST_VALUE = 500


def field_of(text: str) -> tuple[str, str]:
    """Which header a line states ("from", "date", ... or "") and its value."""
    head = text[: _LONGEST_KEY + 30]
    colon = head.find(":")
    wide = head.find("：")
    at = min(colon, wide) if colon >= 0 and wide >= 0 else max(colon, wide)
    if at < 1:
        return "", ""
    key = head[:at].strip(_KEY_TRIM).replace("\u00a0", " ").casefold()
    return KEYS.get(key, ""), text[at + 1 : at + _LONGEST_VALUE].strip(_KEY_TRIM)


def may_start(text: str) -> bool:
    """A cheap question: could a header block begin on a line with this text?"""
    return field_of(text)[0] in _FIRST


def starting_at(lines: Sequence[Line], first: int) -> int:
    """The number of lines of the header block that begins at line `first`; 0 if there is none."""
    kind, value = field_of(lines[first].text)
    if kind not in _FIRST:
        return 0
    depth = lines[first].depth
    kinds = _kinds_on(kind, value)
    evidence = _is_evidence(kind, value)
    counts = {kind: 1}
    last, others, index = first, 0, first + 1
    while index < min(len(lines), first + _MOST_LINES):
        line = lines[index]
        if line.depth != depth:
            break
        kind, value = field_of(line.text)
        if kind:
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] > _MOST_OF_A_KIND:
                break
            kinds |= _kinds_on(kind, value)
            evidence = evidence or _is_evidence(kind, value)
            last, others = index, 0
        else:
            # The value of a field may go on, and some programs put blank lines between fields.
            others += 1
            if others > _MOST_OTHERS or (line.is_blank and _two_blank(lines, index)):
                break
        index += 1
    if _is_block(kinds, evidence) or _is_lone_from(lines, first):
        return last - first + 1
    return 0


def _kinds_on(kind: str, value: str) -> set[str]:
    """The fields on one line; some programs run several together."""
    more = {KEYS[found.casefold()] for found in _INLINE.findall(value)}
    return {kind} | more


def _is_block(kinds: set[str], evidence: bool) -> bool:
    """Three different fields, or two of which one holds an address: less may be a person's list."""
    real = kinds - {"other", "cc"}
    return len(real) >= 3 or (len(real) == 2 and evidence and bool(real & {"from", "date"}))


def _is_evidence(kind: str, value: str) -> bool:
    return kind in ("from", "to") and _ADDRESS.search(value) is not None


def _is_lone_from(lines: Sequence[Line], first: int) -> bool:
    """`From: Name <address>` and nothing else, between blank lines."""
    kind, value = field_of(lines[first].text)
    if kind != "from" or not lines[first].text.lstrip(_KEY_TRIM)[:1].isupper():
        return False
    above = lines[first - 1] if first else None
    alone = above is not None and (above.is_blank or separators.is_rule(above))
    alone = alone and first + 1 < len(lines)
    return alone and lines[first + 1].is_blank and _ONLY_ADDRESS.fullmatch(value) is not None


def _two_blank(lines: Sequence[Line], index: int) -> bool:
    return index + 1 < len(lines) and lines[index + 1].is_blank
