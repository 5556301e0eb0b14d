"""What goes on at this moment: for all of ours, for nobody else."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from helpdesk.people.models import Person
from tests.builders import a_case
from tests.chat.talk import a_client, a_conversation

pytestmark = pytest.mark.django_db
PAGES = ("dashboard", "dashboard-figures", "dashboard-csv")


@pytest.fixture(autouse=True)
def afresh() -> None:
    cache.clear()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *((who, 200) for who in ("ada", "ben", "lea", "root")),
        *((who, 404) for who in ("carla", "cem", "gil", "ivy")),
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_ours_read_it_and_no_client_finds_it(
    page: str,
    who: str,
    status: int,
    request: pytest.FixtureRequest,
    client_as: Callable[[Person], Client],
) -> None:
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(reverse(page)).status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_sent_to_sign_in(page: str, client: Client) -> None:
    assert client.get(reverse(page)).status_code == 302


def test_a_figure_leads_to_its_cases(
    ada: Person, carla: Person, client_as: Callable[[Person], Client]
) -> None:
    a_case(carla)
    shown = client_as(ada).get(reverse("dashboard")).text
    assert '/console/queues/open/?state=new&amp;priority=medium">1</a>' in shown


def test_a_chat_that_nobody_took_is_counted(
    ada: Person, carla: Person, client_as: Callable[[Person], Client]
) -> None:
    a_conversation(a_client(carla))
    rows = client_as(ada).get(reverse("dashboard-csv")).text.splitlines()
    assert rows[-1] == "chats waiting,1"


def test_only_leads_are_shown_the_way_to_the_report(
    ada: Person, lea: Person, client_as: Callable[[Person], Client]
) -> None:
    report = reverse("console:promise-report")
    pages = [client_as(who).get(reverse("dashboard")).text for who in (ada, lea)]
    assert [report in page for page in pages] == [False, True]
