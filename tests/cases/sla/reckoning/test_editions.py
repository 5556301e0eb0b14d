"""A calendar across its versions, each in the time it holds."""

import pytest

from cases.sla.reckoning import Edition
from helpdesk.calendars.working_time import WorkingTime
from tests.cases.sla.logs import HOUR, LONG_AGO, OFFICE_HOURS, WEDNESDAY_OFF, edition, on
from tests.helpdesk.calendars.schedules import a_schedule

MORNINGS = WorkingTime(a_schedule(mon_fri="09:00-12:00"))
NEVER_OPEN = WorkingTime(a_schedule())
MORNINGS_FROM_WEDNESDAY = edition((LONG_AGO, OFFICE_HOURS), (on("Wed 00:00"), MORNINGS))


def test_an_edit_changes_nothing_before_it_takes_effect() -> None:
    assert MORNINGS_FROM_WEDNESDAY.elapsed(on("Tue 09:00"), on("Tue 17:00")) == 8 * HOUR


def test_time_is_counted_on_the_version_that_holds() -> None:
    assert MORNINGS_FROM_WEDNESDAY.elapsed(on("Tue 16:00"), on("Thu 17:00")) == 7 * HOUR


def test_hours_published_ahead_are_in_a_due_time_from_the_start() -> None:
    assert MORNINGS_FROM_WEDNESDAY.add(on("Tue 16:00"), 5 * HOUR) == on("Thu 10:00")


def test_an_amount_used_up_when_a_version_ends_is_used_up_then() -> None:
    assert MORNINGS_FROM_WEDNESDAY.add(on("Tue 16:00"), 1 * HOUR) == on("Tue 17:00")


def test_adding_nothing_stays_where_it_is() -> None:
    assert MORNINGS_FROM_WEDNESDAY.add(on("Sun 03:00"), 0) == on("Sun 03:00")


def test_spans_come_from_the_version_that_holds() -> None:
    spans = MORNINGS_FROM_WEDNESDAY.spans(on("Tue 16:00"), on("Wed 13:00"))
    counted = [(span.start, span.end) for span in spans if span.is_counted]
    assert counted == [(on("Tue 16:00"), on("Tue 17:00")), (on("Wed 09:00"), on("Wed 12:00"))]


def test_of_two_versions_for_one_instant_the_newer_holds() -> None:
    twice = edition((LONG_AGO, OFFICE_HOURS), (LONG_AGO, WEDNESDAY_OFF))
    assert twice.elapsed(on("Wed 09:00"), on("Wed 17:00")) == 0


def test_before_the_first_version_the_first_holds() -> None:
    young = edition((on("Wed 00:00"), OFFICE_HOURS))
    assert young.elapsed(on("Tue 09:00"), on("Tue 10:00")) == HOUR


def test_a_desk_that_closes_for_good_has_no_due_time() -> None:
    closing = edition((LONG_AGO, OFFICE_HOURS), (on("Wed 00:00"), NEVER_OPEN))
    assert closing.add(on("Tue 16:00"), 2 * HOUR) is None


def test_a_reversed_pair_has_no_time_between() -> None:
    assert MORNINGS_FROM_WEDNESDAY.elapsed(on("Thu 09:00"), on("Tue 09:00")) == 0
    assert MORNINGS_FROM_WEDNESDAY.spans(on("Thu 09:00"), on("Tue 09:00")) == ()


def test_a_calendar_without_a_version_has_no_edition() -> None:
    with pytest.raises(ValueError, match="without any version"):
        Edition([])
