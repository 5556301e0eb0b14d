"""Whose turn it is: the choice among our people, without a database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

# Who let a chat go by so often is not given it again; it still waits for whoever takes it.
MOST_LAPSES = 2
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What suits a chat. `skills` are in one letter case; empty texts want nothing."""

    skills: frozenset[str] = frozenset()
    language: str = ""
    region: str = ""
    team: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One of ours who is here: what they have in hand, what they can, when it was their turn."""

    agent: int
    most_at_once: int
    in_hand: int = 0
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    teams: frozenset[int] = frozenset()
    given_at: datetime | None = None
    lapses: int = 0

    @property
    def free(self) -> int:
        return self.most_at_once - self.in_hand


def next_for(wanted: Wanted, candidates: Iterable[Candidate]) -> int | None:
    """The agent whose turn it is, or None where nobody has a place free.

    A chat that was handed to a team goes to its members while any is here. Then, in this order:
    who has not let this chat go by, most of the wanted skills, the language, the region, most
    places free, the longest without a new chat. What nobody has keeps nobody waiting.
    """
    free = [
        one
        for one in _of_the_team(wanted.team, list(candidates))
        if one.free > 0 and one.lapses < MOST_LAPSES
    ]
    chosen = min(free, key=lambda one: _rank(wanted, one), default=None)
    return chosen.agent if chosen else None


def primary(language: str) -> str:
    """`en` of `en-AU`: a regional form is no other language."""
    return language.lower().partition("-")[0].partition("_")[0]


def _of_the_team(team: int | None, candidates: list[Candidate]) -> list[Candidate]:
    members = [one for one in candidates if team in one.teams]
    return members or candidates


def _rank(wanted: Wanted, one: Candidate) -> tuple[int, int, bool, bool, int, datetime, int]:
    return (
        one.lapses,
        -len(wanted.skills & one.skills),
        bool(wanted.language) and primary(wanted.language) not in one.languages,
        bool(wanted.region) and wanted.region not in one.regions,
        -one.free,
        one.given_at or _NEVER,
        one.agent,
    )
