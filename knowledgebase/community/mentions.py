"""Mentions: `@carla-rossi` names a member by the handle that they have in the group. Pure."""

import re

_MENTION = re.compile(r"(?<![\w@/.-])@([a-z0-9][a-z0-9-]{0,79})(?![\w@])", re.IGNORECASE)
_IN_HTML = re.compile(r"(<a\b[^>]*>.*?</a>|<[^>]*>)", re.DOTALL)


def mentioned_in(text: str) -> list[str]:
    """The handles that `text` mentions, each once, in lower case."""
    return list(dict.fromkeys(handle.lower() for handle in _MENTION.findall(text)))


def with_marks(html: str, known: frozenset[str]) -> str:
    """Clean `html` with each mention of a `known` handle set apart; links and tags stay."""
    parts = _IN_HTML.split(html)
    return "".join(
        part if part.startswith("<") else _MENTION.sub(lambda found: _marked(found, known), part)
        for part in parts
    )


def _marked(found: re.Match[str], known: frozenset[str]) -> str:
    return f"<strong>{found[0]}</strong>" if found[1].lower() in known else found[0]
