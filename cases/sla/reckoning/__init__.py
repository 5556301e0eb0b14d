"""The arithmetic of a promise, pure: a log of events in, the state of a timer out.

Knows neither Django nor the clock on the wall; `sla.md` parts 3 and 4 are its law.
"""

from cases.sla.reckoning.editions import Edition, Piece
from cases.sla.reckoning.events import (
    ClockOf,
    Event,
    EventKind,
    RunState,
    TimerState,
    whole_second,
)
from cases.sla.reckoning.folding import Step, fold, history, looked_at
from cases.sla.reckoning.thresholds import (
    BREACH,
    WARNINGS,
    next_action_at,
    percent_of,
    thresholds_passed,
)

__all__ = [
    "BREACH",
    "WARNINGS",
    "ClockOf",
    "Edition",
    "Event",
    "EventKind",
    "Piece",
    "RunState",
    "Step",
    "TimerState",
    "fold",
    "history",
    "looked_at",
    "next_action_at",
    "percent_of",
    "thresholds_passed",
    "whole_second",
]
