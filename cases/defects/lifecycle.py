"""States of a defect and the moves between them: a table without a database.

The same table draws the buttons, answers the API and documents itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a defect stands."""

    LOGGED = "logged"
    CONFIRMED = "confirmed"
    SCHEDULED = "scheduled"
    FIXED = "fixed"
    RELEASED = "released"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def client_label(self) -> str:
        """The state in the client's words."""
        return _LABELS[self][1]


_LABELS = {
    State.LOGGED: ("Logged", "We look into it"),
    State.CONFIRMED: ("Confirmed", "Confirmed"),
    State.SCHEDULED: ("Scheduled", "The fix is planned"),
    State.FIXED: ("Fixed", "Fixed, not out yet"),
    State.RELEASED: ("Released", "The fix is out"),
    State.DECLINED: ("Declined", "Will not be changed"),
}

OPEN = frozenset({State.LOGGED, State.CONFIRMED, State.SCHEDULED, State.FIXED})
ENDED = frozenset({State.RELEASED, State.DECLINED})


class Move(StrEnum):
    """The names of the moves."""

    CONFIRM = "confirm"
    SCHEDULE = "schedule"
    RESCHEDULE = "reschedule"
    FIX = "fix"
    RELEASE = "release"
    DECLINE = "decline"
    TAKE_BACK = "take_back"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision may depend on beside the state."""

    has_reason: bool = False
    has_version: bool = False


class MoveRefused(Exception):
    """The move is not possible; the message is a sentence for the person who tried."""


Needs = Callable[[Facts], str]


def _nothing(facts: Facts) -> str:
    return ""


def _a_reason(facts: Facts) -> str:
    return "" if facts.has_reason else "Say why: the clients of the attached cases read it."


def _a_version(facts: Facts) -> str:
    return "" if facts.has_version else "Say which version has the fix: the clients are told."


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: from which states, to which, what it needs."""

    label: str
    sources: frozenset[State]
    target: State
    needs: Needs = _nothing
    is_button: bool = True


_NOT_OUT = frozenset({State.LOGGED, State.CONFIRMED, State.SCHEDULED, State.FIXED})

MOVES: dict[Move, Rule] = {
    Move.CONFIRM: Rule("Confirm", frozenset({State.LOGGED}), State.CONFIRMED),
    Move.SCHEDULE: Rule(
        "Schedule", frozenset({State.LOGGED, State.CONFIRMED}), State.SCHEDULED, _a_version
    ),
    Move.RESCHEDULE: Rule(
        "Schedule anew", frozenset({State.SCHEDULED}), State.SCHEDULED, _a_version
    ),
    Move.FIX: Rule("Mark as fixed", frozenset({State.CONFIRMED, State.SCHEDULED}), State.FIXED),
    Move.RELEASE: Rule(
        "Release",
        frozenset({State.CONFIRMED, State.SCHEDULED, State.FIXED}),
        State.RELEASED,
        _a_version,
    ),
    Move.DECLINE: Rule("Decline", _NOT_OUT, State.DECLINED, _a_reason),
    Move.TAKE_BACK: Rule(
        "Back to confirmed",
        frozenset({State.SCHEDULED, State.FIXED, State.RELEASED, State.DECLINED}),
        State.CONFIRMED,
        _a_reason,
    ),
    Move.MERGE: Rule("Merge", _NOT_OUT, State.DECLINED, is_button=False),
}


def decide(before: State, move: Move, *, is_ours: bool, facts: Facts) -> State:
    """Return the state that `move` leads to. Raises MoveRefused with a sentence."""
    rule = MOVES[move]
    if not is_ours:
        raise MoveRefused("Only our own people change defects.")
    if before not in rule.sources:
        raise MoveRefused(
            f"This defect is “{before.label}” now, so “{rule.label}” does not apply to it."
        )
    if missing := rule.needs(facts):
        raise MoveRefused(missing)
    return rule.target


def moves_from(state: State) -> list[Move]:
    """The moves offered as buttons on a defect in `state`, in the table's order."""
    return [move for move, rule in MOVES.items() if rule.is_button and state in rule.sources]
