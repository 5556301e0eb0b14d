"""The logs are the truth: the timers must agree with them, and can be brought back to them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.lifecycle import Move
from cases.sla.models import SlaTimer
from cases.sla.rebuilding import differences
from helpdesk.people.models import Person
from tests.builders import a_message
from tests.cases.sla.desk import moved, opened, swept, timer, wrote
from tests.cases.sla.logs import on

pytestmark = pytest.mark.usefixtures("everything")


def test_a_sound_desk_has_no_difference(carla: Person, ada: Person) -> None:
    waiting, missed, spam = (opened(carla, "Mon 10:00") for _ in range(3))
    a_message(waiting, by=ada, at=on("Mon 11:00"), then=Move.WAIT_FOR_CLIENT)
    moved(spam, Move.MARK_SPAM, ada, "Mon 11:00")
    swept("Tue 12:00")
    wrote(missed, ada, "Tue 13:00")
    wrote(waiting, carla, "Wed 09:00")
    swept("Thu 12:00")
    assert list(differences()) == []


def test_a_row_that_was_tampered_with_is_found(carla: Person) -> None:
    case = opened(carla, "Tue 10:00")
    SlaTimer.objects.filter(pk=timer(case).pk).update(due_at=on("Fri 10:00"))
    [difference] = differences()
    assert difference.columns == {"due_at": (on("Fri 10:00"), on("Wed 10:00"))}
    assert timer(case).due_at == on("Fri 10:00")


def test_fixing_writes_what_the_log_says_on_timer_and_case(carla: Person) -> None:
    case = opened(carla, "Tue 10:00")
    SlaTimer.objects.filter(pk=timer(case).pk).update(due_at=on("Fri 10:00"))
    type(case).objects.filter(pk=case.pk).update(next_due_at=on("Fri 10:00"))
    list(differences(fix=True))
    case.refresh_from_db()
    assert (timer(case).due_at, case.next_due_at) == (on("Wed 10:00"), on("Wed 10:00"))


def test_a_timer_that_was_put_off_is_no_difference(carla: Person) -> None:
    case = opened(carla, "Tue 10:00")
    SlaTimer.objects.filter(pk=timer(case).pk).update(
        next_action_at=on("Tue 10:05"), sweep_error="ValueError: broken"
    )
    assert list(differences()) == []


def test_the_command_says_that_all_agree(carla: Person) -> None:
    opened(carla, "Tue 10:00")
    out = StringIO()
    call_command("rebuild_sla", stdout=out)
    assert out.getvalue() == "All agree.\n"


def test_the_command_fails_on_a_difference_and_mends_it_when_asked(carla: Person) -> None:
    case = opened(carla, "Tue 10:00")
    SlaTimer.objects.filter(pk=timer(case).pk).update(target_seconds=1)
    out = StringIO()
    with pytest.raises(CommandError, match="1 timers differ"):
        call_command("rebuild_sla", stdout=out)
    assert "target_seconds is 1, its log says 28800" in out.getvalue()
    call_command("rebuild_sla", "--fix", stdout=out)
    assert timer(case).target_seconds == 28_800
