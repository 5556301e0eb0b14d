"""What the form shows before a case exists."""

from zoneinfo import ZoneInfo

import pytest

from cases.models import Priority
from cases.sla.promising import promise_for, promises_for
from helpdesk.calendars.models import Calendar
from helpdesk.people.models import Organisation
from tests.builders import a_policy
from tests.cases.sla.logs import on

pytestmark = pytest.mark.usefixtures("office")


def test_the_form_says_by_when_we_answer(acme: Organisation) -> None:
    a_policy("medium", first_response="1 days")
    promise = promise_for(acme, Priority.MEDIUM, now=on("Tue 10:30"))
    assert promise is not None
    assert promise.sentence == "We answer by tomorrow 10:30 (Melbourne)."
    assert (promise.due_at, promise.target_words) == (on("Wed 10:30"), "1 business day")


def test_each_priority_has_its_own_promise(acme: Organisation, round_the_clock: Calendar) -> None:
    a_policy("critical", first_response="2 hours", calendar=round_the_clock)
    a_policy("high", first_response="4 hours")
    promises = promises_for(acme, now=on("Fri 16:00"))
    assert {priority: promise.due_at for priority, promise in promises.items()} == {
        "critical": on("Fri 18:00"),
        "high": on("Mon+1 12:00"),
    }


def test_the_promise_is_told_in_the_organisations_zone(acme: Organisation) -> None:
    a_policy("high", first_response="4 hours")
    acme.time_zone = "Australia/Perth"
    assert promises_for(acme, now=on("Tue 10:00"))["high"].sentence == (
        "We answer by today 12:00 (Perth)."
    )


def test_the_readers_own_zone_goes_before_the_organisations(acme: Organisation) -> None:
    a_policy("high", first_response="4 hours")
    promises = promises_for(acme, now=on("Tue 10:00"), zone=ZoneInfo("Pacific/Auckland"))
    assert promises["high"].sentence == "We answer by today 16:00 (Auckland)."


def test_somebody_without_an_organisation_reads_the_desks_time() -> None:
    a_policy("high", first_response="4 hours")
    assert promises_for(None, now=on("Tue 10:00"))["high"].sentence == (
        "We answer by today 14:00 (Melbourne)."
    )


def test_what_is_not_promised_is_not_there(acme: Organisation) -> None:
    a_policy("low", resolution="40 hours")
    assert promise_for(acme, Priority.LOW, now=on("Tue 10:00")) is None
