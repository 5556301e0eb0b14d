"""The status page costs nothing while it is fresh and answers while the database is away."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helpdesk.people.models import Person
from knowledgebase.notices import keeping
from tests.knowledgebase.notices.board import incident

STALE = "This is how it was a moment ago"


@pytest.fixture
def board(transactional_db: None) -> Iterator[None]:
    """A desk whose status this process has not read yet."""
    keeping.forget_snapshot()
    yield
    keeping.forget_snapshot()


@pytest.fixture
def without_database() -> Iterator[Callable[[], None]]:
    """A call that takes the database away: nobody listens where it was."""
    host, port = (connection.settings_dict[name] for name in ("HOST", "PORT"))

    def take_away() -> None:
        connection.close()
        connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1"}

    yield take_away
    connection.close()
    connection.settings_dict |= {"HOST": host, "PORT": port}


def grown_old() -> None:
    """Let what is kept be older than it may be while all is well."""
    kept = cache.get(keeping.KEY)
    keeping._keep(keeping._as_past(kept))


@pytest.mark.usefixtures("board")
def test_a_page_that_is_fresh_asks_no_database(client: Client) -> None:
    incident()
    client.get("/status/")
    with CaptureQueriesContext(connection) as asked:
        assert "Reports are slow" in client.get("/status/").text
    assert len(asked) == 0


@pytest.mark.usefixtures("board")
def test_what_is_posted_is_shown_at_once(client: Client) -> None:
    client.get("/status/")
    incident()
    assert "Reports are slow" in client.get("/status/").text


@pytest.mark.usefixtures("board")
def test_it_answers_while_the_database_is_down_and_says_that_it_may_be_behind(
    client: Client, without_database: Callable[[], None]
) -> None:
    notice = incident()
    client.get("/status/")
    grown_old()
    without_database()
    for address in ("/status/", f"/status/{notice.pk}/", "/status/feed.atom"):
        answer = client.get(address)
        assert (answer.status_code, "Reports are slow" in answer.text) == (200, True)
    assert STALE in client.get("/status/").text


@pytest.mark.usefixtures("board")
def test_it_answers_somebody_signed_in_while_nobody_can_be_known(
    carla: Person, without_database: Callable[[], None]
) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(carla)
    incident()
    browser.get("/status/")
    without_database()
    answer = browser.get("/status/")
    assert (answer.status_code, "Reports are slow" in answer.text) == (200, True)


@pytest.mark.usefixtures("board")
def test_it_says_that_nothing_is_known_when_nothing_was_ever_read(
    client: Client, without_database: Callable[[], None]
) -> None:
    without_database()
    answer = client.get("/status/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


@pytest.mark.usefixtures("board")
def test_it_answers_from_the_process_while_redis_is_away(
    client: Client, without_database: Callable[[], None]
) -> None:
    incident()
    client.get("/status/")
    cache.clear()
    without_database()
    assert "Reports are slow" in client.get("/status/").text
