"""Counting again from a day gone by: previewed, with a reason, and never making anybody late."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cases.sla.models import SlaEvent, SlaNotice, SlaTimer
from cases.sla.recounting import Change, Recount
from helpdesk.calendars.models import Calendar
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.cases.sla.desk import events, notices, opened, swept, timer, wrote
from tests.cases.sla.logs import on
from tests.helpdesk.calendars.desk import a_holiday, publish

pytestmark = pytest.mark.usefixtures("first_response")


def fair_day_was_yesterday(office: Calendar, *, why: str = "It was gazetted late.") -> Recount:
    """On Thursday somebody enters that Wednesday was a holiday."""
    a_holiday("2026-05-13", "Fair Day")
    with time_machine.travel(on("Thu 09:00"), tick=False):
        version = publish(office, on("Wed 00:00"))
    return Recount(
        version=version,
        since=on("Wed 00:00"),
        now=on("Thu 09:30"),
        by=Actor(None, "Root"),
        why=why,
    )


def test_a_miss_that_goes_is_kept_and_marked(office: Calendar, carla: Person) -> None:
    """`sla.md` 4.5."""
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    fair_day_was_yesterday(office).carry_out()
    breach = SlaNotice.objects.get(timer__case=case, kind="breach")
    assert (breach.voided_by, breach.voided_why) == ("Root", "It was gazetted late.")
    assert (timer(case).breached_at, timer(case).due_at) == (None, on("Thu 12:00"))


def test_the_case_is_no_longer_shown_as_missed(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    fair_day_was_yesterday(office).carry_out()
    case.refresh_from_db()
    assert (case.has_missed, case.next_due_at) == (False, on("Thu 12:00"))


def test_what_was_announced_is_not_announced_again(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    fair_day_was_yesterday(office).carry_out()
    swept("Thu 11:59")
    assert [kind for kind, _ in notices(case)] == ["warn50", "warn75", "warn90", "breach"]


def test_a_promise_may_be_missed_again_later(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    fair_day_was_yesterday(office).carry_out()
    swept("Thu 12:00:01")
    assert timer(case).breached_at == on("Thu 12:00")
    live = SlaNotice.objects.filter(timer__case=case, kind="breach", voided_at=None)
    assert live.get().due_at == on("Thu 12:00")


def test_an_answer_that_was_late_becomes_one_in_time(
    office: Calendar, carla: Person, ada: Person
) -> None:
    case = opened(carla, "Tue 12:00")
    wrote(case, ada, "Wed 16:00")
    fair_day_was_yesterday(office).carry_out()
    assert (timer(case).state, timer(case).breached_at) == ("stopped", None)


def test_nobody_is_made_late_in_hindsight(office: Calendar, carla: Person, ada: Person) -> None:
    """Monday's late opening is counted in: the answer of Tuesday would have been too late."""
    case = opened(carla, "Mon 16:00")
    wrote(case, ada, "Tue 16:00")
    with time_machine.travel(on("Thu 09:00"), tick=False):
        version = publish(office, on("Mon 00:00"), mon_fri="09:00-21:00")
    recount = Recount(
        version=version, since=on("Mon 00:00"), now=on("Thu 09:30"), by=Actor(None, "Root"), why="x"
    )
    assert recount.carry_out() == []
    assert events(case) == ["start", "stop"]


def test_a_preview_tells_and_writes_nothing(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    before = SlaEvent.objects.count()
    assert fair_day_was_yesterday(office).preview() == [
        Change(case.shown_number, "first_response", on("Wed 12:00"), on("Thu 12:00"), True)  # type: ignore[arg-type]
    ]
    assert (SlaEvent.objects.count(), timer(case).breached_at) == (before, on("Wed 12:00"))


def test_a_reason_is_required(office: Calendar, carla: Person) -> None:
    opened(carla, "Tue 12:00")
    with pytest.raises(ValueError, match="Say why"):
        fair_day_was_yesterday(office, why=" ").carry_out()
    assert SlaTimer.objects.get().due_at == on("Wed 12:00")


def test_a_second_recount_changes_nothing(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    recount = fair_day_was_yesterday(office)
    recount.carry_out()
    assert recount.carry_out() == []
    assert events(case) == ["start", "recalendar"]


def test_the_command_shows_first_and_writes_when_asked(office: Calendar, carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    fair_day_was_yesterday(office)
    out = StringIO()
    with time_machine.travel(on("Thu 09:30"), tick=False):
        call_command("recount_sla", "office", "2026-05-13", stdout=out)
        assert "1 promises would change; --apply writes it" in out.getvalue()
        assert timer(case).breached_at == on("Wed 12:00")
        call_command("recount_sla", "office", "2026-05-13", "--apply", "--why=Late", stdout=out)
    assert timer(case).breached_at is None


def test_the_command_refuses_a_calendar_that_is_not_there(office: Calendar) -> None:
    with pytest.raises(CommandError, match="no calendar “lunch”"):
        call_command("recount_sla", "lunch", "2026-05-13")
