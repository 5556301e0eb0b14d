"""What begins a page."""

import pytest

from cases.actions.prioritising import change_priority
from cases.oncall import beginning
from cases.oncall.models import Page
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.oncall.desk import NIGHT, a_page, latest, opened

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("priority", ["high", "medium", "low"])
def test_another_priority_calls_nobody(priority: str, carla: Person) -> None:
    beginning.page_if_critical(opened(a_case(carla, priority=priority)))
    assert not Page.objects.exists()


def test_what_we_opened_ourselves_calls_nobody(carla: Person, ada: Person) -> None:
    case = a_case(carla, by=ada, is_ours=True, priority="critical")
    beginning.page_if_critical(opened(case))
    assert not Page.objects.exists()


def test_raising_a_case_to_critical_calls(carla: Person) -> None:
    case = a_case(carla, priority="medium", at=NIGHT)
    change_priority(case, "critical", by=Actor.of(carla), characteristics=["hangs"], at=NIGHT)
    beginning.page_if_critical(latest("case.prioritised"))
    assert Page.objects.get().next_at == NIGHT


def test_the_same_news_twice_begin_one_page(carla: Person) -> None:
    page = a_page(carla)
    beginning.page_if_critical(opened(page.case))
    assert Page.objects.get() == page


def test_what_is_not_critical_any_more_when_the_news_arrive_calls_nobody(
    carla: Person, ada: Person
) -> None:
    case = a_case(carla, priority="critical")
    change_priority(case, "low", by=Actor.of(ada), reason="A question.")
    beginning.page_if_critical(opened(case))
    assert not Page.objects.exists()
