"""How alike two words are, by the groups of three letters that they share. Pure."""


def trigrams(word: str) -> frozenset[str]:
    """The groups of three of a word, with its beginning and end marked as pg_trgm does."""
    padded = f"  {word.lower()} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def likeness(first: str, second: str) -> float:
    """From 0 (nothing in common) to 1 (the same): shared trigrams among all of both."""
    ours, theirs = trigrams(first), trigrams(second)
    return len(ours & theirs) / len(ours | theirs)
