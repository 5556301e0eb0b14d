"""What happens to a case that waits for its client or is resolved, and after how long. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from cases.lifecycle import State


class StepName(StrEnum):
    """What is done when its day has come."""

    REMIND = "remind"
    LAST_NOTICE = "last_notice"
    GIVE_UP = "give_up"
    CLOSE_NOTICE = "close_notice"
    CLOSE = "close"


ENDINGS = frozenset({StepName.GIVE_UP, StepName.CLOSE})


@dataclass(frozen=True, slots=True)
class Step:
    """A step and the business days after which it is due, counted from our last word."""

    name: StepName
    after_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The days of a rule, all counted from the same instant. 0 leaves a step out."""

    remind_after: int
    last_notice_after: int
    give_up_after: int
    close_notice_after: int
    close_after: int

    def steps_in(self, state: str) -> list[Step]:
        """What happens by itself to a case in `state`, in order; notices need an end to tell of."""
        if state == State.WAITING:
            days = {
                StepName.REMIND: self.remind_after,
                StepName.LAST_NOTICE: self.last_notice_after if self.give_up_after else 0,
                StepName.GIVE_UP: self.give_up_after,
            }
        elif state == State.RESOLVED:
            days = {
                StepName.CLOSE_NOTICE: self.close_notice_after if self.close_after else 0,
                StepName.CLOSE: self.close_after,
            }
        else:
            days = {}
        return [Step(name, after) for name, after in days.items() if after]

    def problem(self) -> str:
        """What is wrong with these days, as a sentence; empty if nothing is."""
        for state in (State.WAITING, State.RESOLVED):
            after = [step.after_days for step in self.steps_in(state)]
            if after != sorted(set(after)):
                return "Each step must come later than the one before it."
        return ""
