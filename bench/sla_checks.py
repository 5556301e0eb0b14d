"""What must hold after a simulated year, each found by another way than the desk's own."""

import random
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from cases import kinds
from cases.models import Case
from cases.sla.models import SlaEvent, SlaNotice, SlaTimer
from cases.sla.rebuilding import differences
from cases.sla.receipt import receipts_of
from helpdesk.calendars.models import CalendarVersion
from helpdesk.journal.models import Entry

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
_NOT_PLAIN = ("retarget", "recalendar", "pause", "resume", "void")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def check_everything(*, now: datetime, sample: int, seed: int) -> dict[str, int]:
    """Figures by name; raises AssertionError where something does not hold."""
    return {
        "misses that a receipt names at the same second": _receipts_agree(now),
        "misses told exactly once": _told_once(),
        "due times counted minute by minute": _counted_by_hand(random.Random(seed), sample),
        "logs folded anew that differ": _fold_again(),
    }


def _receipts_agree(now: datetime) -> int:
    """Every timer: missed by its receipt, missed by its row and noticed are one and the same."""
    live = dict(
        SlaNotice.objects.filter(kind="breach", voided_at=None).values_list("timer_id", "due_at")
    )
    for case in Case.objects.order_by("pk").iterator(chunk_size=500):
        timers = {(timer.metric, timer.cycle): timer for timer in case.timers.all()}
        for receipt in receipts_of(case, now=now):
            timer = timers.pop((receipt.metric, receipt.cycle))
            missed = [line.start for line in receipt.lines if line.what.startswith("Due; missed")]
            assert len(missed) <= 1, timer
            assert missed == ([timer.breached_at] if timer.breached_at else []), timer
            assert (timer.pk in live) == bool(missed), timer
        assert not timers, timers
    return len(live)


def _told_once() -> int:
    """One piece of news for each notice that was not superseded, and no other."""
    told = Counter(
        Entry.objects.filter(kind=kinds.BREACHED.name).values_list("data__timer", flat=True)
    )
    noticed = Counter(SlaNotice.objects.filter(kind="breach").values_list("timer_id", flat=True))
    assert told == noticed, "A miss was told more or less often than it was recorded."
    warned = Entry.objects.filter(kind=kinds.WARNED.name).count()
    heard = SlaNotice.objects.exclude(kind="breach").filter(is_superseded=False).count()
    assert warned == heard, (warned, heard)
    return sum(told.values())


def _counted_by_hand(rng: random.Random, sample: int) -> int:
    """Plain timers: the open minutes of a wall clock up to the due time are the target."""
    plain = (
        SlaTimer.objects.exclude(events__kind__in=_NOT_PLAIN)
        .exclude(due_at=None, promised_at=None)
        .exclude(events__payload__has_key="no_later_than")
        .select_related("calendar_version")
    )
    chosen = rng.sample(sorted(plain.values_list("pk", flat=True)), sample)
    for timer in plain.filter(pk__in=chosen):
        if SlaEvent.objects.filter(timer=timer, kind="start").count() > 1:
            continue
        due_at = timer.due_at or timer.promised_at
        assert due_at is not None
        counted = _open_seconds(timer.started_at, due_at, timer.calendar_version)
        assert counted == timer.target_seconds, (timer, counted)
        assert _is_open(due_at - SECOND, timer.calendar_version), timer
    return len(chosen)


def _open_seconds(start: datetime, end: datetime, newest: CalendarVersion) -> int:
    total, at = 0, start
    while at < end:
        following = min(at.replace(second=0) + MINUTE, end)
        if _is_open(at, newest):
            total += int((following - at).total_seconds())
        at = following
    return total


def _is_open(at: datetime, newest: CalendarVersion) -> bool:
    """What a wall clock shows at that instant, looked up in the version that holds."""
    held = [version for version in _known(newest) if version.effective_at <= at]
    version = held[-1] if held else _known(newest)[0]
    clock = at.astimezone(ZoneInfo(version.time_zone))
    day, reading = clock.date().isoformat(), clock.time().isoformat("minutes")
    for exception in version.exceptions:
        if exception["date"] == day:
            return _within(exception["hours"], reading)
    if any(holiday["date"] == day for holiday in version.holidays):
        return False
    return _within(version.weekly.get(_WEEKDAYS[clock.weekday()], []), reading)


@cache
def _known(newest: CalendarVersion) -> list[CalendarVersion]:
    """The versions of its calendar up to this one, the one that wins last."""
    of_calendar = CalendarVersion.objects.filter(calendar=newest.calendar_id)
    return list(of_calendar.filter(number__lte=newest.number).order_by("effective_at", "number"))


def _within(hours: list[list[str]], reading: str) -> bool:
    return any(opens <= reading < closes for opens, closes in hours)


def _fold_again() -> int:
    different = list(differences())
    assert different == [], different[:5]
    return len(different)
