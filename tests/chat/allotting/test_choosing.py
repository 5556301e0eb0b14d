"""Whose turn it is: a test for each rule."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from chat.allotting.choosing import MOST_LAPSES, Candidate, Wanted, next_for, primary

ANY = Wanted()


def one(agent: int, **facts: object) -> Candidate:
    return Candidate(agent=agent, **{"most_at_once": 3, **facts})  # type: ignore[arg-type]


def at(minute: int) -> datetime:
    return datetime(2026, 3, 2, 10, minute, tzinfo=UTC)


def test_nobody_here_has_no_turn() -> None:
    assert next_for(ANY, []) is None


def test_who_has_the_most_places_free_is_next() -> None:
    assert next_for(ANY, [one(1, in_hand=2), one(2, in_hand=1), one(3, in_hand=2)]) == 2


def test_a_larger_number_at_once_is_more_places() -> None:
    assert next_for(ANY, [one(1, most_at_once=2), one(2, most_at_once=5, in_hand=2)]) == 2


def test_of_equals_the_longest_without_a_new_chat_is_next() -> None:
    assert next_for(ANY, [one(1, given_at=at(2)), one(2, given_at=at(1))]) == 2


def test_who_was_never_given_one_is_before_all_who_were() -> None:
    assert next_for(ANY, [one(1, given_at=at(0)), one(2)]) == 2


def test_who_is_full_is_passed_over() -> None:
    assert next_for(ANY, [one(1, in_hand=3), one(2, in_hand=4)]) is None


def test_a_number_at_once_of_nought_takes_none() -> None:
    assert next_for(ANY, [one(1, most_at_once=0)]) is None


def test_a_skill_goes_before_free_places() -> None:
    wanted = Wanted(skills=frozenset({"web"}))
    able = one(2, in_hand=2, skills=frozenset({"web"}))
    assert next_for(wanted, [one(1), able]) == 2


def test_more_of_the_wanted_skills_go_before_fewer() -> None:
    wanted = Wanted(skills=frozenset({"web", "billing"}))
    both = one(2, skills=frozenset({"web", "billing"}))
    assert next_for(wanted, [one(1, skills=frozenset({"web"})), both]) == 2


def test_a_skill_that_nobody_free_has_keeps_nobody_waiting() -> None:
    wanted = Wanted(skills=frozenset({"web"}))
    full = one(1, in_hand=3, skills=frozenset({"web"}))
    assert next_for(wanted, [full, one(2)]) == 2


def test_the_language_goes_before_free_places_and_after_skills() -> None:
    wanted = Wanted(language="de-AT", skills=frozenset({"web"}))
    german = one(2, in_hand=2, languages=frozenset({"de"}))
    assert next_for(wanted, [one(1, languages=frozenset({"en"})), german]) == 2
    assert next_for(wanted, [one(1, skills=frozenset({"web"})), german]) == 1


def test_the_region_goes_before_free_places_and_after_the_language() -> None:
    wanted = Wanted(region="au-vic", language="de")
    local = one(2, in_hand=2, regions=frozenset({"au-vic"}))
    assert next_for(wanted, [one(1), local]) == 2
    assert next_for(wanted, [one(1, languages=frozenset({"de"})), local]) == 1


def test_a_chat_for_a_team_goes_to_its_members() -> None:
    assert next_for(Wanted(team=7), [one(1), one(2, in_hand=2, teams=frozenset({7}))]) == 2


def test_a_chat_for_a_team_waits_for_a_member_who_is_full() -> None:
    assert next_for(Wanted(team=7), [one(1), one(2, in_hand=3, teams=frozenset({7}))]) is None


def test_a_chat_for_a_team_of_which_nobody_is_here_goes_to_anybody() -> None:
    assert next_for(Wanted(team=7), [one(1, teams=frozenset({8}))]) == 1


def test_who_let_this_chat_go_by_comes_after_all_others() -> None:
    wanted = Wanted(skills=frozenset({"web"}))
    lapsed = one(1, lapses=1, skills=frozenset({"web"}))
    assert next_for(wanted, [lapsed, one(2, in_hand=2)]) == 2
    assert next_for(wanted, [lapsed]) == 1


def test_who_let_it_go_by_twice_is_not_asked_again() -> None:
    assert next_for(ANY, [one(1, lapses=MOST_LAPSES)]) is None


def test_a_regional_form_is_the_same_language() -> None:
    assert [primary(name) for name in ("en-AU", "pt_BR", "DE", "")] == ["en", "pt", "de", ""]


people = st.builds(
    Candidate,
    agent=st.integers(1, 9),
    most_at_once=st.integers(0, 4),
    in_hand=st.integers(0, 5),
    lapses=st.integers(0, 2),
)


@given(st.lists(people, unique_by=lambda person: person.agent))
def test_one_with_a_free_place_is_chosen_whenever_there_is_one(found: list[Candidate]) -> None:
    able = {person.agent for person in found if person.free > 0 and person.lapses < MOST_LAPSES}
    chosen = next_for(ANY, found)
    assert chosen in able if able else chosen is None


@given(st.permutations([one(1), one(2), one(3, given_at=at(5))]))
def test_the_order_of_the_list_decides_nothing(found: list[Candidate]) -> None:
    assert next_for(ANY, found) == 1
