"""How alike two new cases are, by the stems of what was written. Pure.

The share of the words of both that they have in common, where a word of a subject counts three
times: people name in it what hurts, and tell in the details how they came upon it. How the
threshold was chosen: docs/decisions/0087.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SUBJECT_WEIGHT = 3
ALIKE = 0.42
LEAST_SHARED = 3
# Stems of every report: that two of them share these says nothing.
EMPTY = frozenset(
    re.findall(
        r"[a-z]+",
        "problem issu error bug help pleas sinc today morn yesterday now hello hi thank team "
        "regard urgent work user us everyon everybodi anybodi nobodi say see get got happen use "
        "still can cannot could would one new also alway whole offic",
    )
)


@dataclass(frozen=True, slots=True)
class Stems:
    """The telling stems of a case: those of its subject, and those of its details alone."""

    subject: frozenset[str]
    details: frozenset[str]

    @classmethod
    def of(cls, subject: Iterable[str], details: Iterable[str]) -> "Stems":
        told = frozenset(subject) - EMPTY
        return cls(told, frozenset(details) - EMPTY - told)


def likeness(first: Stems, second: Stems) -> float:
    """From 0 to 1; 0 too where fewer than `LEAST_SHARED` words are shared."""
    ours, theirs = _weights(first), _weights(second)
    shared = ours.keys() & theirs.keys()
    if len(shared) < LEAST_SHARED:
        return 0.0
    in_common = sum(ours[word] + theirs[word] for word in shared)
    return in_common / (sum(ours.values()) + sum(theirs.values()))


def are_alike(first: Stems, second: Stems) -> bool:
    return likeness(first, second) >= ALIKE


def _weights(stems: Stems) -> dict[str, int]:
    return dict.fromkeys(stems.details, 1) | dict.fromkeys(stems.subject, SUBJECT_WEIGHT)
