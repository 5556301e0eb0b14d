"""What counts as the same trouble: measured on reports of incidents in many words.

The threshold was chosen on `SAME` and `APART`; `HELD_OUT` was written after that.
"""

from itertools import combinations

import pytest

from cases.defects.surges.likeness import Stems, are_alike
from cases.defects.surges.stemming import stems_of
from tests.cases.defects.surges.reports import APART, HELD_OUT, HELD_OUT_APART, SAME, Report

pytestmark = pytest.mark.django_db
GROUPS = SAME | HELD_OUT
OTHERS = APART + HELD_OUT_APART


def stems(reports: list[Report]) -> list[Stems]:
    return [stems_of(subject, details) for subject, details in reports]


@pytest.mark.parametrize("name", GROUPS)
def test_reports_of_one_thing_are_alike_in_whatever_words(name: str) -> None:
    apart = [
        (first.subject, second.subject)
        for first, second in combinations(stems(GROUPS[name]), 2)
        if not are_alike(first, second)
    ]
    assert apart == []


@pytest.mark.parametrize("name", GROUPS)
def test_no_two_incidents_are_taken_for_one(name: str) -> None:
    others = [one for other, reports in GROUPS.items() if other != name for one in stems(reports)]
    mixed = [
        (ours.subject, theirs.subject)
        for ours in stems(GROUPS[name])
        for theirs in others
        if are_alike(ours, theirs)
    ]
    assert mixed == []


def test_everyday_cases_are_hardly_ever_alike_and_never_five_of_them() -> None:
    everyday = stems(OTHERS)
    stars = [sum(are_alike(centre, other) for other in everyday) for centre in everyday]
    assert max(stars) == 1


def test_two_reports_without_telling_words_are_not_alike() -> None:
    first, second = stems([("Urgent problem", "Please help"), ("Urgent problem", "Please help")])
    assert not are_alike(first, second)


def test_numbers_and_the_way_to_write_sign_in_do_not_matter() -> None:
    first, second = stems(
        [
            ("Sign-in blocked for staff 4711", "Session refused 2026-05-11"),
            ("Login blocked for staff 9", "Session refused 2026-05-12"),
        ]
    )
    assert first == second
