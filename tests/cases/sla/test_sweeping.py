"""Warnings and misses: each exactly once, at the right second, whoever sweeps."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases import kinds
from cases.lifecycle import Move
from cases.models import Case
from cases.sla import sweeping
from cases.sla.models import SlaEvent, SlaNotice, SlaTimer
from cases.sla.sweeping import Swept
from helpdesk.journal.models import Entry
from helpdesk.people.models import Person
from tests.builders import a_message, a_policy
from tests.cases.sla.desk import moved, notices, opened, swept, timer, wrote
from tests.cases.sla.logs import on

pytestmark = pytest.mark.usefixtures("first_response")
Work = Callable[[], object]


def told(case: Case) -> list[tuple[str, int]]:
    """Kind of news and percentage, in order."""
    entries = Entry.objects.filter(
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        kind__in=[kinds.WARNED.name, kinds.BREACHED.name],
    ).order_by("pk")
    return [(entry.kind, entry.data["percent"]) for entry in entries]


def test_a_threshold_is_told_when_its_working_time_is_used(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Tue 15:59:59")
    assert told(case) == []
    swept("Tue 16:00")
    assert told(case) == [(kinds.WARNED.name, 50)]


def test_a_case_is_told_of_each_threshold_once(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    for text in ("Tue 16:00", "Tue 16:30", "Wed 10:00", "Wed 11:12", "Wed 12:00", "Wed 12:00:01"):
        swept(text)
    assert [percent for _, percent in told(case)] == [50, 75, 90, 100]
    swept("Fri 12:00")
    assert len(told(case)) == 4


def test_a_miss_is_recorded_at_the_due_time_whenever_it_is_found(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Fri 09:00")
    assert timer(case).breached_at == on("Wed 12:00")
    breach = SlaNotice.objects.get(timer__case=case, kind="breach")
    assert (breach.due_at, breach.detected_at) == (on("Wed 12:00"), on("Fri 09:00"))


def test_nobody_is_late_within_the_second_of_the_due_time(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    sweeping.sweep(now=on("Wed 12:00") + timedelta(milliseconds=500))
    assert told(case) == [(kinds.WARNED.name, 90)]


def test_of_several_thresholds_all_are_recorded_and_the_highest_is_told(carla: Person) -> None:
    """`sla.md` 8.5."""
    case = opened(carla, "Tue 12:00")
    swept("Wed 11:00")
    assert notices(case) == [("warn50", True), ("warn75", False)]
    assert told(case) == [(kinds.WARNED.name, 75)]


def test_a_missed_case_says_so_in_lists(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    case.refresh_from_db()
    assert (case.has_missed, case.next_due_at) == (True, on("Wed 12:00"))


def test_news_names_the_promise_and_its_due_time(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    entry = Entry.objects.get(subject_id=case.pk, kind=kinds.BREACHED.name)
    assert entry.sentence == "The first response was due today 12:00 (Melbourne) and was missed."
    assert entry.data["due_at"] == "2026-05-13T02:00:00+00:00"


def test_an_answered_case_is_left_alone(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 12:00")
    wrote(case, ada, "Tue 13:00")
    assert swept("Fri 12:00") == Swept()


def test_a_late_answer_before_the_sweep_still_records_the_miss(carla: Person, ada: Person) -> None:
    """The workers were away from Tuesday to Friday; the answer came on Thursday."""
    case = opened(carla, "Tue 12:00")
    wrote(case, ada, "Thu 12:00")
    swept("Fri 12:00")
    assert told(case) == [(kinds.BREACHED.name, 100)]
    assert notices(case)[-1] == ("breach", False)


def test_a_warning_missed_before_a_pause_is_told_after_it(carla: Person, ada: Person) -> None:
    """Half of four hours passed at 12:00 unseen, then the case waited for the client."""
    a_policy("low", resolution="4 hours")
    case = opened(carla, "Tue 10:00", priority="low")
    a_message(case, by=ada, at=on("Tue 12:30"), then=Move.WAIT_FOR_CLIENT)
    assert swept("Tue 17:00") == Swept()
    wrote(case, carla, "Wed 09:00")
    swept("Wed 09:00")
    assert told(case) == [(kinds.WARNED.name, 50)]


def test_the_oldest_is_attended_to_first(carla: Person) -> None:
    later, sooner = opened(carla, "Tue 14:00"), opened(carla, "Tue 12:00")
    swept("Thu 17:00")
    told_of = Entry.objects.filter(kind=kinds.BREACHED.name).order_by("pk")
    assert [entry.subject_id for entry in told_of] == [sooner.pk, later.pk]


def test_a_timer_that_fails_waits_and_the_others_go_on(carla: Person) -> None:
    poisonous, healthy = opened(carla, "Tue 12:00"), opened(carla, "Tue 12:00")
    SlaEvent.objects.create(
        timer=timer(poisonous),
        kind="recalendar",
        occurred_at=on("Tue 13:00"),
        actor_label="Nobody",
        payload={"calendar_version": 999_999},
    )
    done = swept("Tue 16:00")
    assert (done.looked_at, done.told, done.put_off) == (2, 1, 1)
    assert told(healthy) == [(kinds.WARNED.name, 50)]
    failed = timer(poisonous)
    assert failed.next_action_at == on("Tue 16:05")
    assert failed.sweep_error.startswith("DoesNotExist")


def test_a_second_notice_of_one_threshold_is_refused_by_the_database(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Tue 16:00")
    notice = SlaNotice.objects.get(timer__case=case)
    notice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)


def test_what_was_stored_already_is_not_told_again(carla: Person) -> None:
    """Whatever went wrong with the row: the notice decides."""
    case = opened(carla, "Tue 12:00")
    swept("Tue 16:00")
    SlaTimer.objects.filter(case=case).update(announced_percent=0, next_action_at=on("Tue 16:00"))
    swept("Tue 16:01")
    assert told(case) == [(kinds.WARNED.name, 50)]


def test_an_answer_that_came_in_time_takes_the_miss_back(carla: Person, ada: Person) -> None:
    """The mail queue was down: the answer of 11:00 was sorted after the miss of noon."""
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    wrote(case, ada, "Wed 11:00")
    case.refresh_from_db()
    assert (timer(case).breached_at, case.has_missed) == (None, False)
    breach = SlaNotice.objects.get(timer__case=case, kind="breach")
    assert breach.voided_at is not None
    assert breach.voided_by == "Ada Lovelace"
    assert SlaEvent.objects.filter(timer__case=case, kind="void").exists()


def test_an_answer_that_was_late_anyway_takes_nothing_back(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 12:00")
    swept("Wed 12:00:01")
    wrote(case, ada, "Wed 13:00")
    assert timer(case).breached_at == on("Wed 12:00")
    assert not SlaNotice.objects.filter(voided_at__isnull=False).exists()


def test_a_case_that_was_cancelled_drops_its_warnings(carla: Person, ada: Person) -> None:
    case = opened(carla, "Tue 12:00")
    moved(case, Move.MARK_SPAM, ada, "Tue 13:00")
    assert swept("Fri 12:00") == Swept()


def test_events_are_never_changed(carla: Person) -> None:
    case = opened(carla, "Tue 12:00")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        SlaEvent.objects.filter(timer__case=case).update(kind="stop")


@pytest.fixture
def in_threads(transactional_db: None) -> Iterator[list[threading.Thread]]:
    threads: list[threading.Thread] = []
    yield threads
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_tell_everything_once(
    carla: Person, in_threads: list[threading.Thread]
) -> None:
    cases = [opened(carla, "Tue 12:00") for _ in range(60)]
    _at_once(in_threads, lambda: sweeping.sweep(now=on("Wed 12:00:01")), times=4)
    assert SlaNotice.objects.filter(kind="breach").count() == len(cases)
    assert Entry.objects.filter(kind=kinds.BREACHED.name).count() == len(cases)
    assert SlaNotice.objects.count() == 4 * len(cases)


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_sweep_at_once_agree(
    carla: Person, ada: Person, in_threads: list[threading.Thread]
) -> None:
    """Whoever comes second sees what the first has done: no answered case is told as missed."""
    cases = [opened(carla, "Tue 12:00") for _ in range(20)]
    starts = threading.Barrier(2)

    def answer() -> None:
        starts.wait()
        for case in cases:
            wrote(case, ada, "Wed 12:00")

    def sweep() -> None:
        starts.wait()
        for second in range(20):
            sweeping.sweep(now=on("Wed 12:00:01") + timedelta(seconds=second))

    _run(in_threads, [answer, sweep])
    assert not SlaTimer.objects.missed().exists()
    live = SlaNotice.objects.filter(kind="breach", voided_at=None)
    assert not live.exists()


def _at_once(threads: list[threading.Thread], work: Work, *, times: int) -> None:
    starts = threading.Barrier(times)

    def started() -> None:
        starts.wait()
        work()

    _run(threads, [started] * times)


def _run(threads: list[threading.Thread], works: list[Work]) -> None:
    failures: list[BaseException] = []

    def guarded(work: Work) -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 (handed on below)
            failures.append(failure)
        finally:
            connection.close()

    threads += [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
