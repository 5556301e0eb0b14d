"""States of a case and the moves between them: a table without a database.

The same table draws the buttons, answers the API and documents itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    CLOSED = "closed"
    SPAM = "spam"
    MERGED = "merged"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def client_label(self) -> str:
        """The state in the client's words."""
        return _LABELS[self][1]


_LABELS = {
    State.NEW: ("New", "Received"),
    State.OPEN: ("Open", "With us"),
    State.WAITING: ("Waiting for client", "Waiting for you"),
    State.ON_HOLD: ("On hold", "With our developers or a supplier"),
    State.RESOLVED: ("Resolved", "Resolved"),
    State.CLOSED: ("Closed", "Closed"),
    State.SPAM: ("Spam", "Closed"),
    State.MERGED: ("Merged", "Part of another case"),
}

ACTIVE = frozenset({State.NEW, State.OPEN, State.WAITING, State.ON_HOLD})
ENDED = frozenset({State.RESOLVED, State.CLOSED})


class Role(StrEnum):
    """What somebody is to one case (`cases.access.role_of`)."""

    STRANGER = "stranger"
    CLIENT = "client"
    AGENT = "agent"
    LEAD = "lead"
    SYSTEM = "system"


OURS = frozenset({Role.AGENT, Role.LEAD, Role.SYSTEM})
ANYBODY = OURS | {Role.CLIENT}


class Move(StrEnum):
    """The names of the moves."""

    TAKE_UP = "take_up"
    WAIT_FOR_CLIENT = "wait_for_client"
    HOLD = "hold"
    RESUME = "resume"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    HEAR_FROM_CLIENT = "hear_from_client"
    MARK_SPAM = "mark_spam"
    MARK_NOT_SPAM = "mark_not_spam"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision may depend on beside the state."""

    has_reason: bool = False
    client_is_answered: bool = False
    may_still_reopen: bool = True
    has_kept_case: bool = False


class MoveRefused(Exception):
    """The move is not possible; the message is a sentence for the person who tried."""


Needs = Callable[[Facts], str]


def _nothing(facts: Facts) -> str:
    return ""


def _a_reason(facts: Facts) -> str:
    return "" if facts.has_reason else "Say why: the reason is kept on the case."


def _an_answered_client(facts: Facts) -> str:
    """`sla.md` rule 3.4: a pause while the client waits for us would fake the numbers."""
    if facts.client_is_answered:
        return ""
    return "The client's last message has no answer yet. Answer it first, then wait for them."


def _an_open_window(facts: Facts) -> str:
    if facts.may_still_reopen:
        return ""
    return "This case was closed too long ago to reopen. Open a new case; it will be linked."


def _a_kept_case(facts: Facts) -> str:
    return "" if facts.has_kept_case else "Choose the case that goes on: merge from its page."


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: from which states, to which, who may, what it needs."""

    label: str
    client_label: str
    sources: frozenset[State]
    target: State
    who: frozenset[Role]
    needs: Needs = _nothing
    is_button: bool = True


MOVES: dict[Move, Rule] = {
    Move.TAKE_UP: Rule("Take up", "", frozenset({State.NEW}), State.OPEN, OURS, is_button=False),
    Move.WAIT_FOR_CLIENT: Rule(
        "Wait for client",
        "",
        frozenset({State.NEW, State.OPEN, State.ON_HOLD}),
        State.WAITING,
        OURS,
        _an_answered_client,
    ),
    Move.HOLD: Rule(
        "Put on hold",
        "",
        frozenset({State.NEW, State.OPEN, State.WAITING}),
        State.ON_HOLD,
        OURS,
        _a_reason,
    ),
    Move.RESUME: Rule(
        "Resume work", "", frozenset({State.WAITING, State.ON_HOLD}), State.OPEN, OURS
    ),
    Move.RESOLVE: Rule("Resolve", "", ACTIVE, State.RESOLVED, OURS),
    Move.CLOSE: Rule(
        "Close", "My question is answered", ACTIVE | {State.RESOLVED}, State.CLOSED, ANYBODY
    ),
    Move.REOPEN: Rule("Reopen", "This is not solved", ENDED, State.OPEN, ANYBODY, _an_open_window),
    Move.HEAR_FROM_CLIENT: Rule(
        "Client wrote",
        "",
        frozenset({State.WAITING}) | ENDED,
        State.OPEN,
        ANYBODY,
        _an_open_window,
        is_button=False,
    ),
    Move.MARK_SPAM: Rule("Mark as spam", "", frozenset({State.NEW, State.OPEN}), State.SPAM, OURS),
    Move.MARK_NOT_SPAM: Rule("Not spam", "", frozenset({State.SPAM}), State.OPEN, OURS),
    Move.MERGE: Rule(
        "Merge", "", ACTIVE | ENDED, State.MERGED, OURS, _a_kept_case, is_button=False
    ),
}


def decide(before: State, move: Move, *, role: Role, facts: Facts) -> State:
    """Return the state that `move` leads to. Raises MoveRefused with a sentence."""
    rule = MOVES[move]
    if role not in rule.who:
        raise MoveRefused("You may not do this on this case.")
    if before not in rule.sources:
        raise MoveRefused(
            f"This case is “{before.label}” now, so “{rule.label}” does not apply to it."
        )
    if missing := rule.needs(facts):
        raise MoveRefused(missing)
    return rule.target


def moves_from(state: State, *, role: Role) -> list[Move]:
    """The moves offered as buttons to `role` on a case in `state`, in the table's order."""
    return [
        move
        for move, rule in MOVES.items()
        if rule.is_button and state in rule.sources and role in rule.who
    ]
