"""Words of texts and of questions, in the form in which they are compared. Pure."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_WORD = 60
MOST_WORDS = 16
_WORD = re.compile(r"\w+")


def normal(text: str) -> str:
    """Return `text` in lower case, without accents, hyphenated words apart."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("ß", "ss"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"(?<=\w)[-_/'.](?=\w)", " ", bare)


def words_of(text: str) -> list[str]:
    """Return the words of a question, each once, in order; the first `MOST_WORDS` count."""
    found = (word for word in _WORD.findall(normal(text)) if len(word) <= LONGEST_WORD)
    return list(dict.fromkeys(found))[:MOST_WORDS]


def phrases_of(words: list[str], *, longest: int = 3) -> list[str]:
    """Return every run of up to `longest` neighbouring words."""
    return [
        " ".join(words[at : at + length])
        for length in range(1, longest + 1)
        for at in range(len(words) - length + 1)
    ]


def trigrams_of(word: str) -> list[str]:
    """Return the runs of three letters in `word`, its ends marked."""
    padded = f"  {word} "
    return sorted({padded[at : at + 3] for at in range(len(padded) - 2)})


def mended(word: str, known: Iterable[str]) -> list[str]:
    """Return those of `known` that `word` may have been meant for, nearest first.

    One slip (a letter wrong, missing, too many, or two swapped) from four letters on, two from
    eight on. The first letter is right as a rule, so another one counts as a slip more.
    """
    allowed = 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 8 else 2
    near = []
    for other in known:
        slips = slips_between(word, other, most=allowed)
        if slips is not None and slips + (word[:1] != other[:1]) * 0.5 <= allowed + 0.5:
            near.append((slips + (word[:1] != other[:1]) * 0.5, other))
    return [other for _, other in sorted(near)]


def slips_between(one: str, other: str, *, most: int) -> int | None:
    """Return how many slips part two words (Damerau and Levenshtein), None for more than `most`."""
    if abs(len(one) - len(other)) > most:
        return None
    two_back: list[int] = []
    back = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, its in enumerate(other, 1):
            slips = min(back[j] + 1, row[j - 1] + 1, back[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                slips = min(slips, two_back[j - 2] + 1)
            row.append(slips)
        if min(row) > most:
            return None
        two_back, back = back, row
    return back[-1] if back[-1] <= most else None
