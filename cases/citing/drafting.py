"""A draft of an article from a case: the question, the answer, and the client's data marked. Pure.

What is marked is what can be known by its form or from the case: names, addresses, numbers. An
editor reads the draft before anybody else does; the marks show where to look.
"""

import re
from collections.abc import Iterable, Sequence

_MAILBOX = re.compile(r"\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b")
_LINK = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"(?<![\w.])\+?\d[\d /-]{5,}\d(?!\w)")
_QUOTED = re.compile(r"^>.*$", re.MULTILINE)


def article_source(
    said: Sequence[tuple[bool, str]], *, names: Iterable[str], kept_links: str
) -> str:
    """Return Markdown from the public messages of a case.

    `said`: whether ours said it, and the text, in order. `names` are marked wherever they stand.
    Links that begin with `kept_links`, our own address, stay.
    """
    parts = ["## The question"]
    is_ours_now = False
    for is_ours, text in said:
        if is_ours != is_ours_now:
            parts.append("## The answer" if is_ours else "## What came next")
            is_ours_now = is_ours
        marked = without_personal_data(text, names=names, kept_links=kept_links)
        parts.append(_escaped(marked))
    return "\n\n".join(part for part in parts if part) + "\n"


def without_personal_data(text: str, *, names: Iterable[str], kept_links: str = "") -> str:
    """Return `text` with mailboxes, foreign links, long numbers and `names` marked."""
    text = _QUOTED.sub("", text)
    text = _MAILBOX.sub("[address]", text)
    text = _LINK.sub(
        lambda link: link[0] if kept_links and link[0].startswith(kept_links) else "[link]", text
    )
    text = _NUMBER.sub("[number]", text)
    for name in sorted({name for name in names if len(name) > 2}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[name]", text, flags=re.IGNORECASE)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _escaped(text: str) -> str:
    """Text as Markdown that says the same; the marks in brackets stay readable."""
    return re.sub(r"^(#{1,6} |[-*+] |\d+\. )", r"\\\1", text, flags=re.MULTILINE)
