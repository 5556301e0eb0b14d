"""What can happen to a timer, and what a timer is after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.sla.reckoning.editions import Edition

ClockOf = Callable[[int], Edition]
"""Gives the edition of a calendar by the id of the version that made it."""


def whole_second(at: datetime) -> datetime:
    """The instant without its fraction: promises are counted in whole seconds."""
    return at.replace(microsecond=0)


class EventKind(StrEnum):
    """The events of a timer's log."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    RETARGET = "retarget"
    RECALENDAR = "recalendar"
    CANCEL = "cancel"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event at a whole second `at`.

    `start` and `retarget` carry `target_seconds` (working seconds), the edition of the
    `calendar` and the `policy` they come from, and may carry a latest due time; `recalendar`
    carries the new edition. A `resume` that `reopens` brings a stopped timer back.
    """

    kind: EventKind
    at: datetime
    target_seconds: int = 0
    calendar: int = 0
    policy: int | None = None
    no_later_than: datetime | None = None
    reopens: bool = False


class RunState(StrEnum):
    """Whether time passes for a timer."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Terms:
    """A target in working seconds and the edition of the calendar it is counted on."""

    target_seconds: int
    calendar: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerState:
    """A timer after some of its events.

    `consumed_seconds` had passed at `as_of`. `due_at` is there only while it runs; when it ended,
    `promised_at` keeps the due time that held then. `breached_at` is the due time that passed.
    `terms_at_pause` are those in force when a pause began, if they were changed during it.
    """

    state: RunState
    policy: int | None
    calendar: int
    target_seconds: int
    consumed_seconds: int
    as_of: datetime
    due_at: datetime | None
    started_at: datetime
    stopped_at: datetime | None = None
    first_stopped_at: datetime | None = None
    promised_at: datetime | None = None
    breached_at: datetime | None = None
    terms_at_pause: Terms | None = None

    @property
    def is_open(self) -> bool:
        return self.state in {RunState.RUNNING, RunState.PAUSED}

    @property
    def is_missed(self) -> bool:
        return self.breached_at is not None

    @property
    def is_met(self) -> bool:
        return self.state == RunState.STOPPED and not self.is_missed

    @property
    def remaining_seconds(self) -> int:
        """Working seconds left at `as_of`, never below 0."""
        return max(self.target_seconds - self.consumed_seconds, 0)

    def consumed_at(self, now: datetime, clock: Edition) -> int:
        """Working seconds that have passed at `now`."""
        if self.state != RunState.RUNNING:
            return self.consumed_seconds
        return self.consumed_seconds + clock.elapsed(self.as_of, now)
