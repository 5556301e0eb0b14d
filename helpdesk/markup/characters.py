"""Characters that no text of ours may hold."""

import re

_NEVER = re.compile("[\x00\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]")
# Formatting characters turn and hide letters: harmless in a text with its own direction, not in
# a name or a line of ours.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def harmless(text: str) -> str:
    """Return `text` without what databases, headers and parsers choke on.

    NUL, lone surrogates and noncharacters become U+FFFD; other control characters but tab and
    line ends vanish.
    """
    return _CONTROL.sub("", _NEVER.sub("\ufffd", text))


def in_one_line(text: str) -> str:
    """Return `text` harmless, without invisible characters, each run of white space one space."""
    return " ".join(_UNSEEN.sub("", harmless(text)).split())
