"""The line above a quote: "On Monday Ada wrote:", in the words of many languages and programs.

A line is an attribution when a verb of writing, a date and an address stand in the right places,
not because it matches the pattern of one program. The question is asked about lines that look
like the *end* of one (a colon, or the verb last), and then upwards over at most four more lines:
the work stays linear, and "On the other hand" is never a beginning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .attribution_words import STARTERS, VERBS
from .lines import Line

_TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-4])\s?[:.hH點点时時시]\s?[0-5]\d(?!\d|[./-]\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})(?!\d)|\d\s?[年월月]")
_EMAIL = re.compile(r"[^\s<>()\[\]\"',:;@]{1,64}@[^\s<>()\[\]\"',:;@]{1,200}")
_BRACKETED = re.compile(r"[<(\[](?:mailto:)?[^\s<>()@]{1,64}@[^\s<>()@]{1,200}[>)\]]")
_ENDS_WITH_ADDRESS = re.compile(r"@[^\s@]{1,200}[>)\]]\s?[:：]?")
_BEGINS = re.compile(
    r"(?:(?:" + "|".join(re.escape(s) for s in sorted(set(STARTERS), key=len, reverse=True))
    + r")[\s,.]*)?(?:[^\W\d_]{2,12}\.?,?\s{1,2}){0,3}\(?\d",
    re.IGNORECASE,
)  # fmt: skip
_FIRST_WORD = re.compile(
    r"(?:On|Am|Le|El|Il|Em|Op|Den|På|Dne|Dňa|Dnia|W dniu|In data|Il giorno|La|No dia|Pada|Vào)\b"
)
_SHARED_LINE = re.compile(
    r"[\s\-–—>.,!?;:)]((?:On|Am|Le|El|Il|Em|Op|Den|W dniu|Dnia|Dne)\s"
    r"(?:[^\W\d_]{2,10}\.?,?\s){0,2}\d{1,4}[\s./,-])"
)
_DEVICE = re.compile(
    r"\s*(?:sent|gesendet|envoyé|enviado|inviato)\s(?:from|von|de|desde|da)\s", re.I
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")
_COLONS = (":", "：")
_ENDS = frozenset({*_COLONS, ">", ")"})
_LAST_LETTERS = frozenset(verb[-1] for verb in VERBS)
_TRIM = " \t\u00a0-–—_*=\"'«»“”|#"
_VERB_WORD = re.compile(
    r"(?<![^\W_])(?:" + "|".join(re.escape(v) for v in sorted(set(VERBS), key=len, reverse=True))
    + r")(?![^\W_])"
)  # fmt: skip
#: These scripts put no blanks between words, so that a verb may touch its neighbours.
_UNSPACED = tuple(verb for verb in VERBS if verb[0] > "\u2e80")
_MOST_LINES = 5
_LONGEST = 500
_LONGEST_WEAK = 100
_LONGEST_START = 30
_MOST_NAMES = 4

_WHOLE, _PART, _WEAK = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Attribution:
    """Lines `first` to `last` (both included) are an attribution.

    The first `kept` characters of line `first` are still reply. A `weak` one counts only when
    quoted lines follow.
    """

    first: int
    last: int
    kept: int = 0
    weak: bool = False


def may_end(text: str) -> bool:
    """A cheap question: could an attribution end on a line with this text?"""
    text = text.rstrip(_TRIM)
    last = text[-1:].casefold()
    return last in _ENDS or (last in _LAST_LETTERS and text.casefold().endswith(VERBS))


def ending_at(lines: Sequence[Line], last: int, *, floor: int) -> Attribution | None:
    """The attribution whose last line is `last`; it does not reach above line `floor`."""
    found: Attribution | None = None
    text = ""
    for first in range(last, max(floor, last - _MOST_LINES + 1) - 1, -1):
        line = lines[first]
        if line.depth != lines[last].depth or (line.is_blank and not text.startswith("<")):
            break
        text = _joined(plain(line.text), text)
        if len(text) > _LONGEST:
            break
        strength = _strength(text)
        if strength == _WHOLE and (found is None or _BEGINS.match(text.lstrip(_TRIM))):
            return _complete(lines, Attribution(first, last), floor)
        if strength and (found is None or (found.weak and strength == _PART)):
            found = Attribution(first, last, weak=strength == _WEAK)
    return _complete(lines, found, floor) if found else None


def above_quote(lines: Sequence[Line], last: int, *, floor: int) -> int:
    """Where the attribution begins that ends on line `last`, directly above quoted lines.

    There a colon with a time, an address or a verb is enough, in whatever language. Returns -1
    if the line is none.
    """
    text, found = "", -1
    for first in range(last, max(floor, last - _MOST_LINES + 1) - 1, -1):
        if lines[first].is_blank or lines[first].depth != lines[last].depth:
            break
        text = _joined(plain(lines[first].text), text)
        if _is_evidence(text) and (found < 0 or _BEGINS.match(text.lstrip(_TRIM))):
            found = first
    return found


def _is_evidence(text: str) -> bool:
    text = text.rstrip(_TRIM)
    if not text or len(text) > _LONGEST:
        return False
    if text.endswith(_COLONS):
        return _email(text) is not None or _has_date(text) or _has_verb(text)
    return _email(text) is not None and _has_date(text)


def _joined(above: str, text: str) -> str:
    return f"{above}{'' if above.endswith(('<', '(', '[')) else ' '}{text}".strip()


def plain(text: str) -> str:
    """`text` without invisible marks, with plain blanks."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def _strength(text: str) -> int:
    """How certain it is that `text` is an attribution, or the end of one."""
    ends_with_line = text.endswith(("--", "—", "––"))
    text = text.strip(_TRIM)
    closed = text.endswith(_COLONS) or ends_with_line
    email, bracketed = _email(text), _BRACKETED.search(text)
    begins = _BEGINS.match(text) is not None
    if _has_verb(text):
        if email and not _is_ordered(text, email):
            return 0
        dated = _has_date(text)
        if (closed or (email and text.casefold().endswith(VERBS))) and dated:
            if begins and (email or "," in text or "，" in text or _TIME.search(text)):
                return _WHOLE
            if (bracketed and closed) or _SHARED_LINE.search(text):
                return _WHOLE
        if closed and bracketed and begins and _FIRST_WORD.match(text):
            return _WHOLE
        if closed and email and (bracketed or email.start() == 0):
            return _PART
        return _WEAK if closed and len(text) < _LONGEST_WEAK else 0
    if begins and bracketed and _has_date(text) and _ends_with_address(text):
        return _WHOLE if closed else _WEAK
    return 0


def _has_verb(text: str) -> bool:
    folded = text.casefold()
    return _VERB_WORD.search(folded) is not None or any(verb in folded for verb in _UNSPACED)


def _is_ordered(text: str, email: re.Match[str]) -> bool:
    """Whether verb and address stand as in an attribution, not anywhere in a sentence."""
    end = text.rstrip(" :：-–—")
    if end.casefold().endswith(VERBS) or _ends_with_address(text) or end[-1:].isdigit():
        return True
    if end.endswith(")") and _has_date(end[-30:]):
        return True
    after = text[email.end() :].lstrip(" >)],;，").casefold()
    return after.startswith(VERBS)


def _email(text: str) -> re.Match[str] | None:
    return _EMAIL.search(text) if "@" in text else None


def _has_date(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_TIME, _YEAR, _DAY))


def _ends_with_address(text: str) -> bool:
    start = text.rfind("@")
    return start >= 0 and _ENDS_WITH_ADDRESS.fullmatch(text, start) is not None


def _complete(lines: Sequence[Line], found: Attribution, floor: int) -> Attribution:
    """Give back to the reply what shares the first line, or take in a first word from above."""
    text = lines[found.first].text
    shared = [each.start(1) for each in _SHARED_LINE.finditer(text)]
    if shared and not _DEVICE.match(text):
        before = text[: shared[-1]].strip(_TRIM + ">")
        if before and not _has_verb(before) and not _BEGINS.match(before):
            return Attribution(found.first, found.last, kept=shared[-1], weak=found.weak)
        return found
    above = found.first - 1
    while above > floor and lines[above].is_blank and text.startswith("<"):
        above -= 1
    if above >= floor and lines[above].depth == lines[found.first].depth:
        begin = plain(lines[above].text).strip(_TRIM)
        dated = _BEGINS.match(begin) is not None
        if dated and _has_date(begin) and text.startswith("<"):
            return Attribution(above, found.last, weak=found.weak)
        if text.startswith("<") and _is_name_alone(lines, above, floor):
            return Attribution(above, found.last, weak=found.weak)
        first_word = _FIRST_WORD.match(begin)
        if first_word and not _FIRST_WORD.match(plain(text)) and len(begin) < _LONGEST_START:
            alone = first_word.end() == len(begin)
            if alone or (dated and not begin.endswith((".", "!", "?", *_COLONS))):
                return Attribution(above, found.last, weak=found.weak)
    return found


def _is_name_alone(lines: Sequence[Line], index: int, floor: int) -> bool:
    """Whether a line is the name whose address was wrapped to the next: short, on its own."""
    name = plain(lines[index].text)
    starts = index == floor or lines[index - 1].is_blank
    return starts and len(name.split()) <= _MOST_NAMES and not name.endswith((".", "!", "?", ":"))
