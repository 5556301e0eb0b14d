"""Similar defects, while typing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.defects.actions import merging
from cases.defects.fuzzy import likeness, trigrams
from cases.defects.models import Defect
from cases.defects.similar import matching, similar_to
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.defects.desk import a_defect

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(ada: Person) -> Defect:
    for title in ("Sign-in page flickers", "Import of suppliers fails", "Invoices printed twice"):
        a_defect(ada, title=title)
    return a_defect(ada, title="Monthly report shows last month’s figures", component="Reports")


@pytest.mark.parametrize(
    "typed",
    [
        "monthly report",
        "The report of the month shows figures of last month",
        "monthly rep",
        "montly reprot",
        "MONTHLY REPORTS SHOWING WRONG FIGURES",
        "figurs of the monthly report",
    ],
)
def test_it_is_found_in_other_words_and_misspelt(typed: str, report: Defect) -> None:
    assert similar_to(typed)[0] == report


@pytest.mark.parametrize("typed", ["", "a", "please help", "webhook signature", "') | (", "%_"])
def test_nothing_is_found_for_something_else(typed: str, report: Defect) -> None:
    assert similar_to(typed) == []


def test_a_merged_defect_is_not_offered(report: Defect, ada: Person) -> None:
    merging.merge(report, into=a_defect(ada, title="Cache"), by=Actor.of(ada))
    assert similar_to("monthly report") == []


def test_clients_search_nothing_of_our_notes(ada: Person, carla: Person) -> None:
    defect = a_defect(ada, a_case(carla), internal_notes="Memcached eviction")
    visible = Defect.objects.visible_to(carla)
    assert list(matching(visible, "eviction", reader=carla)) == []
    assert list(matching(Defect.objects.all(), "eviction", reader=ada)) == [defect]


def test_its_cost_does_not_follow_the_number_of_defects(ada: Person, report: Defect) -> None:
    with CaptureQueriesContext(connection) as few:
        similar_to("monthly reprot figures")
    for number in range(30):
        a_defect(ada, title=f"Monthly report {number}")
    with CaptureQueriesContext(connection) as many:
        similar_to("monthly reprot figures")
    assert len(many) == len(few) <= 8


def test_two_letters_that_changed_places_leave_a_word_nearly_the_same() -> None:
    assert trigrams("cat") == {"  c", " ca", "cat", "at "}
    assert likeness("report", "report") == 1.0
    assert likeness("report", "reprot") == 10 / 12
    assert likeness("report", "import") == 8 / 12
