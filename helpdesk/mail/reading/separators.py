"""Lines that part a reply from what it answers: "Original Message" and our own marker; and the
lines that begin a forwarded mail, which is not a quote."""

import re

from .lines import Line
from .separator_words import ABOVE, ABOVE_HINTS, FORWARDED, ORIGINAL

#: What our own mails say at their top; anything below it in a reply is ours.
REPLY_MARKER = "## Please type your reply above this line ##"

_LONGEST = max(len(word) for word in ORIGINAL | FORWARDED) + 60
_EDGE = " \t\u00a0-–—_=*<>|#·:：.~+[]"
_DASHES = re.compile(r"[-–—_=*<>]{2,}")
_RULE = re.compile(r"[ \t]*[-–—_=*~ ]{5,}[ \t]*|[ \t]*\* \* \*[ \t]*")
_GROUPWISE = re.compile(r">>>\s?[^>]{0,200}(?:<[^>]{3,200}>)?[^>]{0,20}\d[^>]{0,40}>>>\s*")
_DAVID = re.compile(r"\W{0,3}original message processed by", re.IGNORECASE)

_ABOVE = re.compile("|".join(ABOVE), re.IGNORECASE)


def kind_of(line: Line) -> str:
    """ "original" for `-----Original Message-----` in any of the known tongues, "forward" for the
    line above a forwarded mail, "" for any other."""
    if line.depth:
        # GroupWise frames its attribution: `>>> Ada <ada@desk.example> 3/3/2025 4:05 PM >>>`.
        return "original" if _GROUPWISE.fullmatch(line.whole) else ""
    text = line.text.strip()
    if not 5 < len(text) <= _LONGEST:
        return ""
    if text[0] not in _EDGE and text[-1] not in ":：":
        return "original" if _DAVID.match(text) else ""
    if text[0] in _EDGE and _DASHES.search(text) and text.strip(_EDGE).casefold() in ORIGINAL:
        return "original"
    if begins_forward(text):
        return "forward"
    return "original" if _DAVID.match(text) else ""


def begins_forward(text: str) -> bool:
    """Whether this is the line above a forwarded mail."""
    text = text.strip()
    if len(text) > _LONGEST or not (text.endswith((":", "：")) or _DASHES.search(text)):
        return False
    words = text.strip(_EDGE).casefold()
    return words in FORWARDED or words.startswith("forwarded by ")


def is_rule(line: Line) -> bool:
    """A line drawn with dashes or underscores."""
    return _RULE.fullmatch(line.text) is not None and len(line.text.strip()) >= 5


def may_have_marker(text: str) -> bool:
    """A cheap question about a whole text: could a "reply above this line" be in it?"""
    folded = text.casefold()
    return any(hint in folded for hint in ABOVE_HINTS)


def is_marker(line: Line, following: Line | None) -> bool:
    """Our marker, or another desk's, perhaps broken over two lines."""
    text = line.text
    joined = text if following is None else f"{text} {following.text}"
    if len(joined) > 300 or not may_have_marker(joined):
        return False
    found = _ABOVE.search(text)
    if found is None:
        found = _ABOVE.search(joined)
        if found is not None and found.start() > len(text):
            return False
    return found is not None
