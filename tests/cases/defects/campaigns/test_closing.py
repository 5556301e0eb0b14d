"""Silence: a notice, then the end; never an end without its notice."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cases.actions import moving
from cases.closing.following import follow
from cases.closing.models import Countdown
from cases.defects.campaigns import reviewing
from cases.defects.campaigns.models import DefectPolicy
from cases.lifecycle import Move
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message
from tests.cases.defects.desk import a_defect, accepted, asked, mailed, released, swept
from tests.helpdesk.calendars.desk import a_calendar

pytestmark = pytest.mark.django_db


def at(day: int, clock: str = "10:00") -> datetime:
    """A day of May 2026 on a clock in Melbourne; the 11th is a Monday."""
    hour, minute = clock.split(":")
    return datetime(2026, 5, day, int(hour), int(minute), tzinfo=ZoneInfo("Australia/Melbourne"))


@pytest.fixture
def case(ada: Person, carla: Person) -> Case:
    """Told on Monday the 11th at ten that the fix is out; five business days, one of notice."""
    a_calendar("office")
    with time_machine.travel(at(11, "09:30"), tick=False):
        case = a_case(carla)
        a_message(case, by=ada)
    with time_machine.travel(at(11), tick=False):
        campaign = released(a_defect(ada, case), by=ada)
        reviewing.send_now(campaign, by=Actor.of(ada), seen_version=None)
        swept(at(11))
    accepted()
    return case


def ticked(*moments: datetime) -> None:
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            swept(moment)
        accepted()


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_it_closes_after_five_business_days_with_a_notice_the_day_before(
    case: Case, carla: Person
) -> None:
    ticked(at(15, "09:59"))
    assert mailed("defect_closing") == []
    ticked(at(15), at(18, "09:59"))
    assert (mailed("defect_closing"), state(case)) == ([carla.email], "waiting")
    ticked(at(18))
    assert (state(case), asked(case).outcome) == ("closed", "silent")
    assert OutboundMail.objects.get(kind="defect_closing").text.count("Mon 18 May, 10:00") == 1


def test_a_weekend_is_no_business_day(case: Case) -> None:
    assert asked(case).closes_at == at(18)


def test_an_organisation_has_the_days_of_its_own_policy(
    case: Case, ada: Person, gil: Person
) -> None:
    DefectPolicy.objects.create(organisation=gil.organisation, answer_days=2, notice_days=1)
    with time_machine.travel(at(11), tick=False):
        other = a_case(gil)
        campaign = released(a_defect(ada, other), by=ada)
        reviewing.send_now(campaign, by=Actor.of(ada), seen_version=None)
        swept(at(11))
    assert asked(other).closes_at == at(13)


def test_who_wrote_on_the_case_keeps_it_open(case: Case, carla: Person) -> None:
    with time_machine.travel(at(13), tick=False):
        a_message(case, by=carla, text="We try it on Friday.")
    ticked(at(15), at(18))
    assert (state(case), asked(case).outcome) == ("open", "wrote")


def test_another_open_defect_keeps_it_open(case: Case, ada: Person) -> None:
    a_defect(ada, case, title="Another cause")
    ticked(at(15), at(18))
    assert (state(case), asked(case).outcome) == ("waiting", "kept")


def test_who_was_never_reached_is_not_taken_for_content(case: Case) -> None:
    OutboundMail.objects.filter(kind="defect_released").update(state="bounced")
    for moment in (at(15), at(18)):
        with time_machine.travel(moment, tick=False):
            swept(moment)
    assert (state(case), asked(case).outcome) == ("waiting", "kept")


def test_a_late_notice_puts_the_end_off_by_its_distance(case: Case) -> None:
    ticked(at(25), at(25, "10:01"))
    assert state(case) == "waiting"
    ticked(at(26, "09:59"))
    assert state(case) == "waiting"
    ticked(at(26))
    assert state(case) == "closed"


def test_a_case_that_ended_by_itself_stays_as_it_is(case: Case, carla: Person) -> None:
    with time_machine.travel(at(12), tick=False):
        moving.move(case, Move.CLOSE, by=Actor.of(carla))
    ticked(at(15), at(18))
    closed = Entry.objects.filter(kind="case.moved", data__after="closed")
    assert closed.count() == 1


def test_nothing_else_counts_down_to_the_end_of_such_a_case(case: Case) -> None:
    for entry in Entry.objects.filter(kind="case.moved", subject_id=case.pk):
        follow(entry)
    assert not Countdown.objects.filter(case=case).exists()
