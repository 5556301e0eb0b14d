"""The list pane: beside a case it is shorter and marks that case, also when it is drawn anew."""

from collections.abc import Callable

from django.test import Client

from cases.console.listing import ROWS_BESIDE
from helpdesk.people.models import Person
from tests.builders import a_case

Browser = Callable[[Person], Client]
MARK = 'aria-current="true"'


def test_beside_a_case_fewer_rows_are_shown_and_that_one_is_marked(
    client_as: Browser, ada: Person, carla: Person
) -> None:
    cases = [a_case(carla) for _ in range(ROWS_BESIDE + 1)]
    page = client_as(ada).get(f"/console/cases/{cases[-1].number}/?queue=open").content.decode()
    assert page.count("data-row>") == ROWS_BESIDE
    assert page.count(MARK) == 1
    assert f"&amp;beside={cases[-1].number}" in page


def test_the_pane_drawn_anew_keeps_its_length_and_its_mark(
    client_as: Browser, ada: Person, carla: Person
) -> None:
    cases = [a_case(carla) for _ in range(ROWS_BESIDE + 1)]
    address = f"/console/queues/open/?queue=open&beside={cases[-1].number}"
    rows = client_as(ada).get(address, headers={"HX-Request": "true", "HX-Target": "div#rows"})
    assert rows.content.decode().count("data-row>") == ROWS_BESIDE
    assert rows.content.decode().count(MARK) == 1
    assert "<html" not in rows.content.decode()


def test_a_queue_on_its_own_marks_nothing(client_as: Browser, ada: Person, carla: Person) -> None:
    cases = [a_case(carla) for _ in range(ROWS_BESIDE + 1)]
    page = client_as(ada).get("/console/queues/open/?beside=none").content.decode()
    assert page.count("data-row>") == len(cases)
    assert MARK not in page
