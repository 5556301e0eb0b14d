"""The lines of a receipt: stretches of time, and between them what happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cases.lifecycle import State
from cases.sla.editions import edition_of
from cases.sla.models import SlaEvent
from cases.sla.reckoning import ClockOf, EventKind, RunState, Step, TimerState, history
from cases.sla.words import due_words
from helpdesk.calendars.working_time import Cause, Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a stretch `[start, end)`, or with no `end` something that happened at `start`.

    `seconds` of it counted, `total` had counted at its end; planned lines lie in the future.
    """

    start: datetime
    end: datetime | None
    what: str
    seconds: int = 0
    total: int = 0
    is_planned: bool = False

    @property
    def is_event(self) -> bool:
        return self.end is None

    @property
    def is_counted(self) -> bool:
        return self.seconds > 0


def lines_of(log: list[SlaEvent], *, now: datetime, clock_of: ClockOf = edition_of) -> list[Line]:
    """All lines of one timer's log up to `now`; of a running one also what is planned."""
    ordered = sorted(log, key=lambda event: event.occurred_at)
    steps = history([event.as_event() for event in ordered], clock_of)
    told = ordered[len(ordered) - len(steps) :]
    return list(_with_totals(_Teller(clock_of).lines(steps, told, now=now)))


@dataclass(slots=True)
class _Teller:
    """Goes through a log once; `pause` is what the present pause is for."""

    clock_of: ClockOf
    pause: str = ""

    def lines(self, steps: list[Step], told: list[SlaEvent], *, now: datetime) -> Iterator[Line]:
        before: TimerState | None = None
        ends = [step.event.at for step in steps[1:]]
        for step, record, end in zip(steps, told, [*ends, None], strict=True):
            after = step.after
            if before is None or before.state != after.state or record.kind in _ALWAYS_TOLD:
                what = _event_words(record, before, after, self.clock_of)
                yield Line(record.occurred_at, None, what)
            if after.state == RunState.PAUSED and record.kind == EventKind.PAUSE:
                self.pause = _PAUSES.get(record.payload.get("because", ""), "paused")
            until = max(now, step.event.at) if end is None else end
            yield from self._until(after, step.event.at, until)
            before = after
        yield from self._planned(steps[-1].after, now)

    def _until(self, state: TimerState, start: datetime, end: datetime) -> Iterator[Line]:
        """From one event to the next, cut at the due time where that passed in between."""
        due_at = state.due_at
        if state.is_missed or due_at is None or not start <= due_at < end:
            yield from self._stretch(state, start, end)
            return
        yield from self._stretch(state, start, due_at)
        yield Line(due_at, None, "Due; missed from here on")
        yield from self._stretch(state, due_at, end)

    def _planned(self, state: TimerState, now: datetime) -> Iterator[Line]:
        since = max(now, state.as_of)
        if state.state == RunState.RUNNING and state.due_at is not None:
            for line in self._stretch(state, since, state.due_at):
                yield replace(line, is_planned=True)

    def _stretch(self, state: TimerState, start: datetime, end: datetime) -> Iterator[Line]:
        if end <= start:
            return
        if state.state == RunState.PAUSED:
            yield Line(start, end, self.pause.capitalize())
        elif state.state == RunState.RUNNING:
            for span in self.clock_of(state.calendar).spans(start, end):
                seconds = span.seconds if span.is_counted else 0
                yield Line(span.start, span.end, _span_words(span), seconds)


def _span_words(span: Span) -> str:
    match span.cause:
        case Cause.HOLIDAY:
            return f"Closed: {span.name or 'public holiday'}"
        case Cause.EXCEPTION if span.is_counted:
            return f"Open: {span.name or 'special hours'}"
        case Cause.EXCEPTION:
            return f"Closed: {span.name or 'special hours'}"
        case _:
            return "Open" if span.is_counted else "Outside opening hours"


_ALWAYS_TOLD = frozenset({EventKind.RETARGET, EventKind.RECALENDAR, EventKind.VOID})
_PAUSES = {State.WAITING: "waiting for the client", State.ON_HOLD: "on hold"}
_STOPS = {
    "answered": "Answered",
    "resolved": "The case ended",
    "no_reply_needed": "No reply needed",
}


def _event_words(
    record: SlaEvent, before: TimerState | None, after: TimerState, clock_of: ClockOf
) -> str:
    """What happened, who did it, and what that did to the due time."""
    by, because = record.actor_label, record.payload.get("because", "")
    match record.kind:
        case EventKind.START:
            return f"Started: {record.payload['target_words']} ({record.payload['policy_name']})"
        case EventKind.PAUSE:
            return f"Paused by {by}: {_PAUSES.get(because, because)}"
        case EventKind.RESUME:
            what = "Goes on, the case was reopened" if because == "reopened" else "Goes on"
            return f"{what} ({by})"
        case EventKind.STOP:
            return _with_why(f"{_STOPS.get(because, 'Stopped')} by {by}", record)
        case EventKind.CANCEL:
            return _with_why(f"Cancelled by {by}", record)
        case EventKind.VOID:
            return _with_why(f"The miss was taken back by {by}", record)
        case EventKind.RETARGET:
            words = record.payload["target_words"]
            return _with_why(
                f"New target by {by}: {words}. {_moved(before, after, clock_of)}", record
            )
        case _:
            return _with_why(f"Calendar changed by {by}. {_moved(before, after, clock_of)}", record)


def _with_why(words: str, record: SlaEvent) -> str:
    return f"{words.strip().rstrip('.')}. {record.why}" if record.why else words.strip()


def _moved(before: TimerState | None, after: TimerState, clock_of: ClockOf) -> str:
    if after.is_missed:
        return "A missed promise keeps its due time."
    old = None if before is None else before.due_at
    if old is None or after.due_at is None or old == after.due_at:
        return "The due time stays." if old == after.due_at else ""
    zone = clock_of(after.calendar).working_time_at(after.due_at).schedule.zone
    told = [due_words(due_at, now=after.as_of, zone=zone) for due_at in (old, after.due_at)]
    return f"Due {told[1]}, not {told[0]}."


def _with_totals(lines: Iterable[Line]) -> Iterator[Line]:
    total = 0
    for line in lines:
        total += line.seconds
        yield replace(line, total=total)
