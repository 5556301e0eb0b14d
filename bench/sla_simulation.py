"""A year of cases: is each due miss recorded exactly once, at the second the receipt says?

    .venv/bin/python bench/on_a_desk.py bench/sla_simulation.py [CASES]

Ten thousand cases by default, from September 2025 on, through both clock changes, in two
countries and round the clock, with all four promises, pauses, reopening and changed priorities,
through the ordinary actions. Holidays are added late, one of them afterwards; hours are announced
ahead. The workers are away now and then, for hours or days; messages are recorded late. Two beats
sweep at once, in threads of their own, sometimes while people work. At the end everything is
compared with the receipts, a sample with a count minute by minute, and the logs are folded anew.
"""

import heapq
import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import django
import structlog
import time_machine

django.setup()


from django.db.models import Min  # noqa: E402

from bench.sla_checks import check_everything  # noqa: E402
from bench.sla_year import BEGIN, YEAR, Deed, People, carry_out, deeds_of, prepare_desk  # noqa: E402
from cases.models import Case  # noqa: E402
from cases.sla import replanning, sweeping  # noqa: E402
from cases.sla.models import SlaEvent, SlaNotice, SlaTimer  # noqa: E402
from cases.sla.recounting import Recount  # noqa: E402
from helpdesk.calendars.hours_text import parse_hours  # noqa: E402
from helpdesk.calendars.models import Calendar, Holiday, Region  # noqa: E402
from helpdesk.calendars.publishing import publish_region, publish_version  # noqa: E402
from helpdesk.celery import app  # noqa: E402
from helpdesk.people.actors import Actor  # noqa: E402

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
# Nobody listens: what follows from news is not simulated.
app.conf.update(broker_url="memory://localhost/")

SEED = 20_250_901
TICK = timedelta(hours=1)
OUTAGES = 20
END = BEGIN + YEAR + timedelta(days=60)


@dataclass(slots=True)
class Run:
    """The state of the simulation."""

    people: People
    rng: random.Random
    deeds: list[Deed]
    outages: list[tuple[datetime, datetime]]
    edits: list[tuple[datetime, str]]
    cases: dict[int, Case] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def main(cases: int) -> None:
    begin, used = time.perf_counter(), time.process_time()
    rng = random.Random(SEED)
    deeds = [deed for number in range(cases) for deed in deeds_of(number, rng)]
    heapq.heapify(deeds)
    run = Run(prepare_desk(), rng, deeds, _outages(rng), _edits())
    with ThreadPoolExecutor(max_workers=2) as beats:
        _live_through(run, beats)
    took = time.perf_counter() - begin
    print(f"command: bench/on_a_desk.py bench/sla_simulation.py {cases}; seed {SEED}")
    print(f"ceiling: {cases:,} cases, {OUTAGES} outages, a tick an hour; {os.cpu_count()} cores")
    print(f"{took:,.0f} s, of which {time.process_time() - used:,.0f} s in this process;")
    print(f"load average at the end {os.getloadavg()[1]:.1f}")
    _print(_figures(run))
    _print(check_everything(now=END, sample=min(500, cases // 4), seed=SEED))
    print("Everything holds.")


def _live_through(run: Run, beats: ThreadPoolExecutor) -> None:
    """Tick by tick, leaving out those at which nothing happens."""
    while (now := _next_tick(run)) <= END:
        while run.edits and run.edits[0][0] <= now:
            _edit(run, *run.edits.pop(0))
        sweeps = [] if _is_out(run, now) else [beats.submit(_tick, now) for _ in range(2)]
        if run.rng.random() >= 0.1:  # else people work while the sweeps run
            _wait_for(sweeps)
        while run.deeds and run.deeds[0].recorded_at <= now:
            done = carry_out(heapq.heappop(run.deeds), run.cases, run.people, run.rng)
            run.counts["deeds done" if done else "deeds refused"] += 1
        _wait_for(sweeps)
        run.counts["ticks"] += 1
        if run.counts["ticks"] % 500 == 0:
            print(f"{now:%d %B %Y}: {len(run.cases):,} cases", file=sys.stderr)


def _next_tick(run: Run) -> datetime:
    """The first tick at which the workers find something due, or people or edits have a turn."""
    wanted = [END + TICK, *(deed.recorded_at for deed in run.deeds[:1])]
    wanted += [at for at, _ in run.edits[:1]]
    due: datetime | None = SlaTimer.objects.aggregate(at=Min("next_action_at"))["at"]
    if due is not None:
        wanted.append(_working_tick(run, due))
    return _tick_at(min(wanted))


def _working_tick(run: Run, at: datetime) -> datetime:
    """The first tick from `at` on that lies in no outage: one may begin just before the tick."""
    tick = _tick_at(at)
    while ends := [end for start, end in run.outages if start <= tick < end]:
        tick = _tick_at(max(ends))
    return tick


def _tick_at(at: datetime) -> datetime:
    """The first tick that is not before `at`."""
    return BEGIN + -(-(at - BEGIN) // TICK) * TICK


def _tick(now: datetime) -> int:
    """What one beat starts: both jobs, on a connection of its own."""
    replanning.replan_outdated(now=now)
    done = sweeping.sweep(now=now)
    assert done.put_off == 0, done
    return done.told


def _wait_for(sweeps: list[Future[int]]) -> None:
    for sweep in sweeps:
        sweep.result()


def _outages(rng: random.Random) -> list[tuple[datetime, datetime]]:
    starts = [BEGIN + timedelta(hours=rng.randrange(365 * 24)) for _ in range(OUTAGES)]
    return [(start, start + timedelta(hours=rng.choice((1, 6, 30, 120)))) for start in starts]


def _is_out(run: Run, now: datetime) -> bool:
    return any(start <= now < end for start, end in run.outages)


def _edits() -> list[tuple[datetime, str]]:
    """What is changed when: each once, in order."""
    days = {
        20: "a holiday in three days",
        57: "a holiday today",
        90: "a holiday gone by",
        120: "hours announced ahead",
        200: "a holiday in three days",
        250: "a holiday today",
        300: "a holiday gone by",
    }
    return [(BEGIN + timedelta(days=day, hours=2), what) for day, what in days.items()]


def _edit(run: Run, at: datetime, what: str) -> None:
    """Publish, as an administrator would at that instant; what is gone by is recounted too."""
    run.counts["calendar edits"] += 1
    region, office = Region.objects.get(code="au-vic"), Calendar.objects.get(slug="office")
    with time_machine.travel(at, tick=False):
        if what == "hours announced ahead":
            week = (*(parse_hours("08:30-17:30", day="mon"),) * 5, (), ())
            ahead = at + timedelta(days=14)
            publish_version(office, by="Lea", why=what, effective_at=ahead, weekly=week)
            return
        offset = {"a holiday in three days": 3, "a holiday today": 0}.get(what, -2)
        day = _weekday((at + timedelta(days=offset)).date())
        Holiday.objects.get_or_create(region=region, date=day, defaults={"name": "Late holiday"})
        since = at if offset >= 0 else at - timedelta(days=3)
        publish_region(region, by="Lea", why=what, effective_at=since)
    if offset < 0:
        version = office.versions.latest("number")
        recount = Recount(version=version, since=since, now=at, by=Actor(None, "Lea"), why=what)
        run.counts["promises recounted"] += len(recount.carry_out())


def _weekday(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _figures(run: Run) -> dict[str, int]:
    breaches = SlaNotice.objects.filter(kind="breach")
    return {
        "cases": len(run.cases),
        **dict(run.counts),
        "outages": len(run.outages),
        "timers": SlaTimer.objects.count(),
        "events": SlaEvent.objects.count(),
        "notices": SlaNotice.objects.count(),
        "superseded": SlaNotice.objects.filter(is_superseded=True).count(),
        "misses": breaches.filter(voided_at=None).count(),
        "misses taken back": breaches.exclude(voided_at=None).count(),
    }


def _print(figures: dict[str, int]) -> None:
    for name, figure in figures.items():
        print(f"{figure:>10,}  {name}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
