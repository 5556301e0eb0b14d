"""Finding cases by words and numbers."""

import pytest

from cases.actions import indexing
from cases.models import Case
from cases.searching import matching
from helpdesk.people.models import Person
from tests.builders import a_case, a_message, a_note

pytestmark = pytest.mark.django_db


def found(words: str, *, by: Person) -> list[Case]:
    cases = Case.objects.visible_to(by)
    return list(matching(cases, words, reader=by).order_by("pk"))


@pytest.fixture
def case(ada: Person, carla: Person) -> Case:
    case = a_case(carla, subject="Invoices are late", details="Since the platypus update.")
    a_message(case, by=ada, text="We look at the scheduler.")
    a_note(case, by=ada, text="They never pay in time.")
    indexing.reindex(case)
    return case


@pytest.mark.parametrize(
    "words", ["invoice", "platypus", "scheduler platypus", "Carla", '"are late"', "-kangaroo late"]
)
def test_words_of_subject_thread_and_names_find_the_case(
    words: str, case: Case, ada: Person, carla: Person
) -> None:
    assert found(words, by=ada) == [case]
    assert found(words, by=carla) == [case]


@pytest.mark.parametrize("words", ["kangaroo", "platypus kangaroo"])
def test_absent_words_find_nothing(words: str, case: Case, ada: Person) -> None:
    assert found(words, by=ada) == []


def test_words_of_a_note_are_found_by_us_and_by_no_client(
    case: Case, ada: Person, carla: Person
) -> None:
    assert found("never pay", by=ada) == [case]
    assert found("never pay", by=carla) == []


def test_nobody_finds_what_they_may_not_see(case: Case, gil: Person) -> None:
    assert found("platypus", by=gil) == []
    assert found(case.shown_number, by=gil) == []


def test_a_number_finds_its_case(case: Case, carla: Person) -> None:
    assert found(f"#{case.number}", by=carla) == [case]


@pytest.mark.parametrize("words", ["'", '"', "& | !", "a" * 5000, "%_\\", "<script>"])
def test_odd_words_are_no_error(words: str, case: Case, ada: Person) -> None:
    found(words, by=ada)
