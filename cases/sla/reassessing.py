"""A policy was edited: the open promises under it follow, case by case."""

from datetime import datetime

from django.db import transaction

from cases.models import Case
from cases.sla import clocks
from cases.sla.case_clocks import PROMISE_COLUMNS
from cases.sla.models import SlaPolicy, SlaTimer
from helpdesk.people.actors import Actor


def reassess(policy_id: int, *, by: str, now: datetime) -> int:
    """Put every open promise of a policy on what its case is promised now; return how many cases.

    A timer whose terms are unchanged is left alone, one that nothing is promised for any more is
    cancelled and its misses are kept (`sla.md` part 4). Safe to run twice.
    """
    why = f"The policy “{SlaPolicy.objects.get(pk=policy_id)}” was edited."
    cases = SlaTimer.objects.open().filter(policy=policy_id).values_list("case_id", flat=True)
    touched = sorted(set(cases))
    for case_id in touched:
        _reassess_case(case_id, by=Actor(None, by), now=now, why=why)
    return len(touched)


@transaction.atomic
def _reassess_case(case_id: int, *, by: Actor, now: datetime, why: str) -> None:
    case = Case.objects.locked_one(case_id)
    clocks.follow_priority(case, at=now, by=by, why=why)
    case.save(update_fields=PROMISE_COLUMNS)
