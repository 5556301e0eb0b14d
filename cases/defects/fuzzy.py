"""How alike two words are: groups of three letters find candidates, their order decides. Pure."""

from difflib import SequenceMatcher


def trigrams(word: str) -> frozenset[str]:
    """The groups of three of a word, with its beginning and end marked as pg_trgm does."""
    padded = f"  {word.lower()} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def likeness(first: str, second: str) -> float:
    """From 0 (nothing in common) to 1 (the same): what two letters that changed places leave."""
    return SequenceMatcher(None, first.lower(), second.lower()).ratio()
