"""The table of states and moves, without a database."""

import pytest

from cases.lifecycle import (
    ACTIVE,
    ENDED,
    MOVES,
    Facts,
    Move,
    MoveRefused,
    Role,
    State,
    decide,
    moves_from,
)

ALLOWING = Facts(
    has_reason=True, client_is_answered=True, may_still_reopen=True, has_kept_case=True
)

TARGETS = [
    (Move.TAKE_UP, State.NEW, State.OPEN),
    (Move.WAIT_FOR_CLIENT, State.OPEN, State.WAITING),
    (Move.HOLD, State.OPEN, State.ON_HOLD),
    (Move.RESUME, State.ON_HOLD, State.OPEN),
    (Move.RESOLVE, State.WAITING, State.RESOLVED),
    (Move.CLOSE, State.RESOLVED, State.CLOSED),
    (Move.REOPEN, State.CLOSED, State.OPEN),
    (Move.HEAR_FROM_CLIENT, State.RESOLVED, State.OPEN),
    (Move.MARK_SPAM, State.NEW, State.SPAM),
    (Move.MARK_NOT_SPAM, State.SPAM, State.OPEN),
    (Move.MERGE, State.RESOLVED, State.MERGED),
]


@pytest.mark.parametrize(("move", "before", "after"), TARGETS)
def test_each_move_leads_to_its_target(move: Move, before: State, after: State) -> None:
    assert decide(before, move, role=Role.AGENT, facts=ALLOWING) == after


@pytest.mark.parametrize("move", list(Move))
def test_a_move_is_refused_from_every_state_outside_its_sources(move: Move) -> None:
    for state in set(State) - MOVES[move].sources:
        with pytest.raises(MoveRefused, match="does not apply"):
            decide(state, move, role=Role.LEAD, facts=ALLOWING)


@pytest.mark.parametrize("move", list(Move))
def test_a_stranger_moves_nothing(move: Move) -> None:
    for state in MOVES[move].sources:
        with pytest.raises(MoveRefused, match="You may not"):
            decide(state, move, role=Role.STRANGER, facts=ALLOWING)


CLIENT_MOVES = {Move.CLOSE, Move.REOPEN, Move.HEAR_FROM_CLIENT}


@pytest.mark.parametrize("move", sorted(set(Move) - CLIENT_MOVES))
def test_a_client_may_not_make_our_moves(move: Move) -> None:
    source = next(iter(MOVES[move].sources))
    with pytest.raises(MoveRefused, match="You may not"):
        decide(source, move, role=Role.CLIENT, facts=ALLOWING)


def test_waiting_for_a_client_who_has_no_answer_yet_is_refused() -> None:
    """`sla.md` 3.4."""
    facts = Facts(client_is_answered=False)
    with pytest.raises(MoveRefused, match="Answer it first"):
        decide(State.OPEN, Move.WAIT_FOR_CLIENT, role=Role.AGENT, facts=facts)


def test_putting_on_hold_needs_a_reason() -> None:
    with pytest.raises(MoveRefused, match="Say why"):
        decide(State.OPEN, Move.HOLD, role=Role.AGENT, facts=Facts(has_reason=False))


def test_merging_needs_the_case_that_goes_on() -> None:
    with pytest.raises(MoveRefused, match="Choose the case that goes on"):
        decide(State.OPEN, Move.MERGE, role=Role.AGENT, facts=Facts(has_kept_case=False))


@pytest.mark.parametrize("move", [Move.REOPEN, Move.HEAR_FROM_CLIENT])
def test_nothing_reopens_after_its_window(move: Move) -> None:
    """`sla.md` 4.10."""
    with pytest.raises(MoveRefused, match="too long ago"):
        decide(State.CLOSED, move, role=Role.CLIENT, facts=Facts(may_still_reopen=False))


def test_states_are_active_or_ended_or_out_of_sight() -> None:
    assert set(State) == ACTIVE | ENDED | {State.SPAM, State.MERGED}


def test_a_client_is_offered_to_close_an_active_case_and_to_reopen_an_ended_one() -> None:
    assert moves_from(State.OPEN, role=Role.CLIENT) == [Move.CLOSE]
    assert moves_from(State.CLOSED, role=Role.CLIENT) == [Move.REOPEN]


def test_an_agent_is_offered_every_button_of_an_open_case_in_order() -> None:
    assert moves_from(State.OPEN, role=Role.AGENT) == [
        Move.WAIT_FOR_CLIENT,
        Move.HOLD,
        Move.RESOLVE,
        Move.CLOSE,
        Move.MARK_SPAM,
    ]


def test_every_state_reads_well_to_agents_and_clients() -> None:
    assert State.WAITING.label == "Waiting for client"
    assert State.WAITING.client_label == "Waiting for you"
