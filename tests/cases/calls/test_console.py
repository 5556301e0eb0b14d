"""Calls in the console: lists, outcome, passing on, and an agent's own hours."""

from collections.abc import Callable

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.calls.models import Absence, AgentHours, Call
from cases.models import Case
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.calls.desk import NOW, at, booked, takes_calls

LIST, HOURS = reverse("console-calls:list"), reverse("console-calls:hours")
WEEK = {
    "takes_calls": "on",
    "time_zone": "Pacific/Auckland",
    "calls_a_day": 2,
    "buffer_minutes": 30,
    "mon": "09:00-12:30, 13:15-17:00",
}


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def browser(ada: Person, client_as: Callable[[Person], Client]) -> Client:
    return client_as(ada)


def act(browser: Client, name: str, call: Call, **sent: object) -> str:
    address = reverse(f"console-calls:{name}", args=[call.uid])
    return browser.post(address, sent, follow=True).text


def shown(browser: Client, **query: str) -> list[Call]:
    return list(browser.get(LIST, query).context["page"].rows)


def test_the_list_shows_today_the_week_and_what_has_no_outcome(
    case: Case, carla: Person, browser: Client, clock: time_machine.Traveller
) -> None:
    thursday, friday = booked(case), booked(a_case(carla), "Fri 10:00")
    assert (shown(browser), shown(browser, span="week")) == ([], [thursday, friday])
    clock.move_to(at("Thu 10:30"))
    assert (shown(browser), shown(browser, span="waiting")) == ([thursday], [thursday])


def test_others_see_it_when_they_ask_for_everybodys(
    case: Case, ben: Person, client_as: Callable[[Person], Client]
) -> None:
    call, browser = booked(case), client_as(ben)
    assert shown(browser, span="week") == []
    assert shown(browser, span="week", everybody="1") == [call]


def test_the_list_takes_as_many_statements_for_one_call_as_for_many(
    case: Case, carla: Person, browser: Client
) -> None:
    def statements() -> int:
        # The sizes of the queues are kept for two seconds: begin without them each time.
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST, {"span": "week"})
        return len(queries)

    booked(case)
    one = statements()
    for when in ("Thu 11:00", "Thu 14:00", "Fri 10:00"):
        booked(a_case(carla), when)
    assert statements() == one


def test_an_outcome_is_noted_and_the_client_gets_the_rest_back(
    case: Case, browser: Client, clock: time_machine.Traveller
) -> None:
    call = booked(case)
    clock.move_to(at("Thu 10:25"))
    page = act(browser, "outcome", call, actual_minutes=20, outcome="We split it.")
    assert "Noted. The client reads it on the case." in page
    call.refresh_from_db()
    assert (call.state, call.used_minutes) == ("held", 20)


def test_an_outcome_without_words_is_asked_for_and_what_was_typed_stays(
    case: Case, browser: Client, clock: time_machine.Traveller
) -> None:
    call = booked(case)
    clock.move_to(at("Thu 10:25"))
    page = act(browser, "outcome", call, actual_minutes=20, outcome="")
    assert "Say in a sentence what came of the call." in page
    assert 'value="20"' in page


def test_nobody_answered_and_cancelling_and_moving_end_where_they_should(
    case: Case, carla: Person, browser: Client, clock: time_machine.Traveller
) -> None:
    missed, gone, moved = (
        booked(case),
        booked(a_case(carla), "Fri 10:00"),
        booked(a_case(carla), "Fri 14:00"),
    )
    act(browser, "cancellation", gone, reason="Training day.")
    act(browser, "time", moved, starts_at=at("Fri 15:00").isoformat(), sequence=0)
    clock.move_to(at("Thu 10:25"))
    act(browser, "no-answer", missed)
    states = [Call.objects.get(pk=call.pk).state for call in (missed, gone, moved)]
    assert states == ["missed", "cancelled", "booked"]
    assert Call.objects.get(pk=moved.pk).starts_at == at("Fri 15:00")


def test_a_call_is_passed_on(case: Case, ben: Person, browser: Client) -> None:
    call = booked(case)
    takes_calls(ben)
    act(browser, "refusal", call, reason="Dentist")
    call.refresh_from_db()
    assert call.agent == ben


def test_a_refusal_is_a_sentence(case: Case, browser: Client) -> None:
    page = act(browser, "no-answer", booked(case))
    assert "The call has not begun yet." in page


def test_an_agent_keeps_their_own_hours(db: None, ada: Person, browser: Client) -> None:
    browser.post(HOURS, WEEK)
    kept = AgentHours.objects.get()
    assert (kept.person, kept.time_zone, kept.calls_a_day) == (ada, "Pacific/Auckland", 2)
    assert kept.weekly == {"mon": [["09:00", "12:30"], ["13:15", "17:00"]]}
    assert "09:00-12:30, 13:15-17:00" in browser.get(HOURS).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"mon": "17:00-09:00"}, "does not close after it opens"),
        ({"mon": "morning"}, "is not an interval"),
        ({"mon": ""}, "Give at least one day hours"),
        ({"time_zone": "Melbourne"}, "is not a time zone"),
        ({"calls_a_day": 0}, "greater than or equal to 1"),
    ],
)
def test_hours_that_make_no_sense_are_explained_and_not_kept(
    db: None, browser: Client, typed: dict[str, object], told: str
) -> None:
    page = browser.post(HOURS, WEEK | typed)
    assert page.status_code == 422
    assert told in page.text
    assert not AgentHours.objects.exists()


def test_an_absence_warns_of_calls_that_fall_into_it(
    case: Case, ada: Person, browser: Client
) -> None:
    booked(case)
    sent = {"starts_at": "2026-05-14T08:00", "ends_at": "2026-05-14T12:00", "reason": "Leave"}
    page = browser.post(reverse("console-calls:absences"), sent, follow=True).text
    assert "1 booked call falls into it" in page
    absence = Absence.objects.get()
    assert (absence.person, absence.starts_at) == (ada, at("Thu 08:00"))
    browser.post(reverse("console-calls:removal", args=[absence.pk]))
    assert not Absence.objects.exists()


def test_an_absence_that_ends_before_it_begins_is_explained(db: None, browser: Client) -> None:
    sent = {"starts_at": "2026-05-14T12:00", "ends_at": "2026-05-14T08:00"}
    page = browser.post(reverse("console-calls:absences"), sent)
    assert page.status_code == 422
    assert "The end lies before the start." in page.text


def test_the_case_in_the_console_shows_its_calls(case: Case, browser: Client) -> None:
    address = reverse("console:case", args=[case.number])
    assert "Book a call for the client" in browser.get(address).text
    call = booked(case)
    assert str(call.uid) in browser.get(address).text
