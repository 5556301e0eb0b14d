"""What is due on the countdowns: reminders, notices and endings, each exactly once."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from cases import kinds
from cases.actions import moving
from cases.closing.counting import after_business_days, rule_of
from cases.closing.models import ClosingRule, Countdown
from cases.closing.rules import Step, StepName
from cases.closing.words import day_words, tell_client
from cases.lifecycle import Move, State
from cases.models import Case
from cases.sla.reckoning import whole_second
from helpdesk.journal import writing as journal
from helpdesk.people.actors import SYSTEM

log = structlog.get_logger(__name__)

BATCH = 50
MOST_BATCHES = 100
PUT_OFF = timedelta(minutes=5)
PUNCTUAL = timedelta(hours=1)


def sweep(*, now: datetime) -> int:
    """Do every step whose time has come, oldest first; return how many.

    Cases that somebody holds are left to the next tick, so two sweeps at once are harmless.
    """
    done, now = 0, whole_second(now)
    for _ in range(MOST_BATCHES):
        count = _sweep_batch(now)
        if not count:
            break
        done += count
    return done


@transaction.atomic
def _sweep_batch(now: datetime) -> int:
    due = (
        Countdown.objects.filter(due_at__lte=now)
        .order_by("due_at")
        .select_related("case__client", "case__organisation")
        .select_for_update(of=("case", "self"), skip_locked=True)
    )
    claimed = list(due[:BATCH])
    for countdown in claimed:
        _attend_or_put_off(countdown, now)
    return len(claimed)


def _attend_or_put_off(countdown: Countdown, now: datetime) -> None:
    """One case that fails does not keep the others from their turn."""
    try:
        with transaction.atomic():
            _attend(countdown, now)
    except Exception as error:
        log.exception("closing.put_off", case=countdown.case_id)
        Countdown.objects.filter(pk=countdown.pk).update(
            due_at=now + PUT_OFF, error=f"{type(error).__name__}: {error}"[:2000]
        )


def _attend(countdown: Countdown, now: datetime) -> None:
    case, rule = countdown.case, rule_of(countdown.case)
    steps = rule.terms.steps_in(case.state)
    left = [step for step in steps if step.name == countdown.step]
    if case.state != countdown.state or not left:
        countdown.delete()
        return
    step = left[0]
    following = steps[steps.index(step) + 1 :]
    if following:
        _notify(countdown, step, following, now)
    elif step.name == StepName.REMIND:
        _remind(case, now, ending="")
        countdown.delete()
    else:
        _end(case, step, rule, now)
        countdown.delete()


def _notify(countdown: Countdown, step: Step, following: list[Step], now: datetime) -> None:
    """Tell the client; the next step keeps its distance even when this one was late."""
    case, upcoming, last = countdown.case, following[0], following[-1]
    is_punctual = now - countdown.due_at <= PUNCTUAL
    base = countdown.due_at if is_punctual else now
    ends_at = after_business_days(case, base, last.after_days - step.after_days)
    _remind(case, now, ending=day_words(case, ends_at), step=step.name)
    countdown.step = upcoming.name
    countdown.due_at = after_business_days(case, base, upcoming.after_days - step.after_days)
    countdown.error = ""
    countdown.save(update_fields=["step", "due_at", "error"])


def _remind(case: Case, now: datetime, *, ending: str, step: StepName = StepName.REMIND) -> None:
    journal.write(
        kinds.REMINDED,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=SYSTEM,
        at=now,
        data={"step": step, "ending": ending},
    )
    tell_client(case, step, now=now, when=ending)


def _end(case: Case, step: Step, rule: ClosingRule, now: datetime) -> None:
    """Through the door of the lifecycle, by the desk itself, with the reason on the case."""
    closes = step.name == StepName.CLOSE or rule.gives_up_by == ClosingRule.Ending.CLOSE
    waited = "after the resolution" if case.state == State.RESOLVED else "without an answer"
    reason = f"{step.after_days} business days {waited}."
    moving.move_locked(
        case, Move.CLOSE if closes else Move.RESOLVE, by=SYSTEM, at=now, reason=reason
    )
    case.version += 1
    case.updated_at = max(now, case.updated_at)
    case.save(update_fields=moving.ROW)
    tell_client(case, step.name, now=now, reason=reason)
