"""The table of a defect's states, without a database."""

import pytest

from cases.defects.lifecycle import MOVES, Facts, Move, MoveRefused, State, decide, moves_from

WHOLE = Facts(has_reason=True, has_version=True)


@pytest.mark.parametrize(
    ("before", "move", "after"),
    [
        (State.LOGGED, Move.CONFIRM, State.CONFIRMED),
        (State.LOGGED, Move.SCHEDULE, State.SCHEDULED),
        (State.CONFIRMED, Move.SCHEDULE, State.SCHEDULED),
        (State.SCHEDULED, Move.RESCHEDULE, State.SCHEDULED),
        (State.SCHEDULED, Move.FIX, State.FIXED),
        (State.CONFIRMED, Move.RELEASE, State.RELEASED),
        (State.FIXED, Move.RELEASE, State.RELEASED),
        (State.LOGGED, Move.DECLINE, State.DECLINED),
        (State.RELEASED, Move.TAKE_BACK, State.CONFIRMED),
        (State.DECLINED, Move.TAKE_BACK, State.CONFIRMED),
        (State.FIXED, Move.MERGE, State.DECLINED),
    ],
)
def test_a_move_leads_to(before: State, move: Move, after: State) -> None:
    assert decide(before, move, is_ours=True, facts=WHOLE) == after


@pytest.mark.parametrize(
    ("before", "move"),
    [
        (before, move)
        for move, rule in MOVES.items()
        for before in State
        if before not in rule.sources
    ],
)
def test_a_move_from_elsewhere_is_refused_with_both_names(before: State, move: Move) -> None:
    with pytest.raises(MoveRefused, match=f"“{before.label}” now, so “{MOVES[move].label}”"):
        decide(before, move, is_ours=True, facts=WHOLE)


@pytest.mark.parametrize("move", [Move.SCHEDULE, Move.RELEASE])
def test_a_promised_fix_names_its_version(move: Move) -> None:
    with pytest.raises(MoveRefused, match="which version has the fix"):
        decide(State.CONFIRMED, move, is_ours=True, facts=Facts(has_reason=True))


@pytest.mark.parametrize("before", [State.SCHEDULED, State.RELEASED])
def test_taking_back_needs_a_reason(before: State) -> None:
    with pytest.raises(MoveRefused, match="Say why"):
        decide(before, Move.TAKE_BACK, is_ours=True, facts=Facts(has_version=True))


@pytest.mark.parametrize("move", Move)
def test_a_client_moves_nothing(move: Move) -> None:
    with pytest.raises(MoveRefused, match="Only our own people"):
        decide(State.CONFIRMED, move, is_ours=False, facts=WHOLE)


def test_a_merger_is_no_button() -> None:
    assert moves_from(State.LOGGED) == [Move.CONFIRM, Move.SCHEDULE, Move.DECLINE]
