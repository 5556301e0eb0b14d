"""The countdown follows its case: begun, moved on and dropped as news comes in."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from cases import kinds
from cases.closing.counting import after_business_days, rule_of
from cases.closing.models import Countdown
from cases.models import Case
from cases.sla.reckoning import whole_second
from helpdesk.journal.models import Entry


def follow(entry: Entry) -> None:
    """A case moved, or somebody of ours wrote on it: count from then, if it waits or is resolved.

    What the client writes moves the case by itself, and that is news of its own.
    """
    if entry.kind == kinds.REPLIED.name and not entry.data.get("is_ours"):
        return
    count_down(Case.objects.locked_one(entry.subject_id), since=whole_second(entry.at))


def count_down(case: Case, *, since: datetime) -> Countdown | None:
    """Begin or move on the countdown of a locked case; None if nothing ends it by itself.

    News may come in another order than it happened: the latest instant in the same state counts.
    """
    kept = Countdown.objects.filter(case=case).first()
    steps = rule_of(case).terms.steps_in(case.state)
    if not steps or _ends_otherwise(case):
        Countdown.objects.filter(case=case).delete()
        return None
    if kept is not None and kept.state == case.state and kept.since >= since:
        return kept
    first = steps[0]
    countdown, _ = Countdown.objects.update_or_create(
        case=case,
        defaults={
            "state": case.state,
            "since": since,
            "step": first.name,
            "due_at": after_business_days(case, since, first.after_days),
            "error": "",
        },
    )
    return countdown


def _ends_otherwise(case: Case) -> bool:
    """Whether somebody above counts down to the end of this case, with notices of its own."""
    question: Callable[[Case], bool] = import_string(settings.CLOSING_ELSEWHERE)
    return question(case)
