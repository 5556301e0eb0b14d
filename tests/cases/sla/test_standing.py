"""How a promise stands, for list, page, API and report alike."""

from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.lifecycle import Move
from cases.models import Case
from cases.sla.metrics import Metric
from cases.sla.models import SlaPolicy
from cases.sla.standing import Ring, Standing, promise_sentence, standings_for, standings_of
from helpdesk.people.models import Person
from tests.builders import a_message, a_policy
from tests.cases.sla.desk import moved, opened, swept, wrote
from tests.cases.sla.logs import HOUR, on

pytestmark = pytest.mark.usefixtures("first_response")
NARROW = "\N{NO-BREAK SPACE}"


def standing(case: Case, now: str) -> Standing:
    return standings_for([case], now=on(now))[case.pk]


def ended(case: Case, now: str) -> Standing:
    return standings_of(case, now=on(now))[0]


def test_a_running_promise_says_when_and_how_long(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    told = standing(case, "Tue 14:00")
    assert told.words == f"due tomorrow 12:00 (Melbourne), 6{NARROW}h left"
    assert (told.ring, told.percent, told.share) == (Ring.RUNNING, 25, 0.25)
    assert (told.remaining_seconds, told.zone) == (6 * HOUR, "Australia/Melbourne")


def test_a_promise_is_soon_due_from_three_quarters_on(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    assert standing(case, "Wed 09:59").ring == Ring.RUNNING
    assert standing(case, "Wed 10:00").ring == Ring.SOON


def test_a_promise_is_missed_before_any_sweep_has_seen_it(carla: Person) -> None:
    """List and report must not differ because a worker is slow (`sla.md` part 6)."""
    case = opened(carla, "Tue 12:00")
    assert standing(case, "Wed 12:00").ring == Ring.SOON
    assert standing(case, "Wed 12:00:01").ring == Ring.MISSED


def test_a_missed_promise_says_by_how_much(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    told = standing(case, "Wed 15:30")
    late = f"3{NARROW}h 30{NARROW}min"
    assert told.words == f"was due today 12:00 (Melbourne), missed by {late}"
    assert (told.remaining_seconds, told.share) == (-3.5 * HOUR, 1)


def test_the_length_of_a_miss_freezes_with_the_answer(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 12:00")
    wrote(case, ada, "Wed 14:00")
    assert ended(case, "Fri 14:00").short_words == f"missed by 2{NARROW}h"


def test_a_miss_of_no_working_time_is_missed_all_the_same(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 09:00")
    wrote(case, ada, "Tue 20:00")
    assert ended(case, "Wed 09:00").short_words == "missed"


def test_a_kept_promise_says_so(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 12:00")
    wrote(case, ada, "Tue 13:00")
    told = ended(case, "Wed 09:00")
    assert (told.ring, told.words) == (Ring.MET, "met, was due today 12:00 (Melbourne)")


def test_a_paused_promise_rests(carla: Person, ada: Person) -> None:
    a_policy("low", resolution="8 hours")
    case = opened(carla, "Tue 10:00", priority="low")
    a_message(case, by=ada, at=on("Tue 12:00"), then=Move.WAIT_FOR_CLIENT)
    told = standing(case, "Fri 12:00")
    assert (told.ring, told.words) == (Ring.PAUSED, f"paused, 6{NARROW}h left")
    assert told.client_words == "Our clock rests until you answer."


def test_a_cancelled_promise_is_not_counted(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 10:00")
    moved(case, Move.MARK_SPAM, ada, "Tue 11:00")
    assert (ended(case, "Wed 10:00").ring, ended(case, "Wed 10:00").client_words) == ("none", "")


def test_times_are_told_in_the_readers_zone_with_its_name(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    told = standings_for([case], now=on("Tue 12:00"), zone=ZoneInfo("Pacific/Auckland"))
    assert told[case.pk].words.startswith("due tomorrow 14:00 (Auckland)")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("Tue 14:00", "We answer by tomorrow 12:00 (Melbourne)."),
        (
            "Wed 14:00",
            "We promised this by today 12:00 (Melbourne) and are late. We are still on it.",
        ),
    ],
)
def test_the_client_reads_a_whole_sentence(carla: Person, now: str, words: str) -> None:
    assert standing(opened(carla, "Tue 12:00"), now).client_words == words


def test_the_client_of_a_late_answer_reads_that_it_was_late(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 12:00")
    wrote(case, ada, "Wed 14:00")
    assert ended(case, "Wed 15:00").client_words == (
        "We promised this by today 12:00 (Melbourne) and were late."
    )


def test_the_most_pressing_promise_stands_for_the_case(carla: Person, ada: Person) -> None:
    a_policy("high", first_response="8 hours", resolution="4 hours")
    case = opened(carla, "Tue 09:00", priority="high")
    assert standing(case, "Tue 10:00").metric == Metric.RESOLUTION


def test_a_case_without_an_open_promise_has_no_standing(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 12:00")
    wrote(case, ada, "Tue 13:00")
    assert standings_for([case], now=on("Tue 14:00")) == {}


def test_a_page_of_cases_costs_one_query(carla: Person) -> None:
    cases = [opened(carla, "Tue 12:00") for _ in range(12)]
    with CaptureQueriesContext(connection) as queries:
        assert len(standings_for(cases, now=on("Tue 14:00"))) == 12
    assert len(queries) == 1


def test_a_case_page_shows_the_last_promise_of_each_metric(
    first_response: SlaPolicy, carla: Person, ada: Person
) -> None:
    first_response.targets.create(metric="next_response", amount=2, unit="hours")
    case = opened(carla, "Tue 09:00")
    for by, hour in ((ada, 10), (carla, 11), (ada, 12), (carla, 13)):
        wrote(case, by, f"Tue {hour}:00")
    told = [(one.metric, one.ring) for one in standings_of(case, now=on("Tue 14:00"))]
    assert told == [("first_response", "met"), ("next_response", "running")]


def test_a_mail_tells_the_promise_in_the_clients_zone(carla: Person) -> None:
    Person.objects.filter(pk=carla.pk).update(time_zone="Australia/Perth")
    case = Case.objects.get(pk=opened(carla, "Tue 12:00").pk)
    assert promise_sentence(case) == "We answer by Wed 13 May, 10:00 (Perth)."


def test_a_mail_about_a_case_without_a_promise_tells_none(carla: Person) -> None:
    assert promise_sentence(opened(carla, "Tue 12:00", priority="low")) == ""


def test_a_sweep_changes_nothing_in_how_a_promise_stands(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    before = standing(case, "Wed 13:00")
    swept("Wed 13:00")
    assert standing(case, "Wed 13:00") == before
