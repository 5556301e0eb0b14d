"""A policy was edited: open promises follow, case by case, a bounded number each time.

The edit is noted on the policy's row, in the transaction that saves it, and stays noted until
every case was looked at: nothing is lost when a worker dies or the broker is away.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cases.models import Case
from cases.sla import clocks
from cases.sla.case_clocks import PROMISE_COLUMNS
from cases.sla.models import SlaPolicy, SlaTimer
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation

BATCH = 500
OVERLAP = timedelta(minutes=5)


def note_edit(policy: SlaPolicy, *, by: str, at: datetime) -> None:
    """Ask for the open promises of a policy that was made or edited to be looked at anew."""
    SlaPolicy.objects.filter(pk=policy.pk).update(edited_at=at, edited_by=by, reassessed_case=0)


def follow_packages(*, now: datetime) -> int:
    """Reassess the policies of packages that somebody began or ceased to hold; return how many.

    A package that begins or ends at its time is no edit that anybody makes, so it is looked for.
    """
    policies = SlaPolicy.objects.active().exclude(package=None)
    return sum(_follow_package(policy, now=now) for policy in policies)


def _follow_package(policy: SlaPolicy, *, now: datetime) -> bool:
    followed = policy.package_followed_at
    # What was committed late carries an earlier time. To look twice does no harm.
    since = None if followed is None else followed - OVERLAP
    held = Organisation.objects.filter(entitlements__package=policy.package_id)
    began = Q(entitlements__starts_at__lte=now, entitlements__starts_at__gt=since)
    made = Q(entitlements__created_at__lte=now, entitlements__created_at__gt=since)
    ended = Q(entitlements__ends_at__lte=now, entitlements__ends_at__gt=since)
    has_changed = since is not None and held.filter(began | made | ended).exists()
    if has_changed:
        note_edit(policy, by="The dates of a support package", at=now)
    SlaPolicy.objects.filter(pk=policy.pk).update(package_followed_at=now)
    return has_changed


def reassess_edited() -> int:
    """Look at the next cases of every edited policy; return how many.

    A timer whose terms are unchanged is left alone, one that nothing is promised for any more is
    cancelled and its misses are kept (`sla.md` part 4). Safe to run twice and at once.
    """
    return sum(_reassess_some(policy) for policy in SlaPolicy.objects.exclude(edited_at=None))


def _reassess_some(policy: SlaPolicy) -> int:
    if policy.edited_at is None:
        return 0
    case_ids = _next_cases(policy)
    by, why = Actor(None, policy.edited_by), f"The policy “{policy}” was edited."
    for case_id in case_ids:
        _reassess_case(case_id, by=by, at=policy.edited_at, why=why)
    is_done = len(case_ids) < BATCH
    # An edit in the meantime begins from the first case again.
    SlaPolicy.objects.filter(pk=policy.pk, edited_at=policy.edited_at).update(
        edited_at=None if is_done else policy.edited_at,
        reassessed_case=0 if is_done else case_ids[-1],
    )
    return len(case_ids)


def _next_cases(policy: SlaPolicy) -> list[int]:
    """Cases under the policy, and those that may come under it now."""
    under_it = SlaTimer.objects.open().filter(policy=policy, case=OuterRef("pk"))
    fitting = Q(priority=policy.priority)
    if policy.organisation_id is not None:
        fitting &= Q(organisation=policy.organisation_id)
    if policy.package_id is not None:
        holders = Organisation.objects.filter(entitlements__package=policy.package_id)
        fitting &= Q(organisation__in=holders.values("pk"))
    if policy.type:
        fitting &= Q(type=policy.type)
    if policy.region_id is not None:
        fitting &= Q(organisation__region=policy.region_id)
    cases = Case.objects.active().filter(Exists(under_it) | fitting)
    later = cases.filter(pk__gt=policy.reassessed_case).order_by("pk")
    return list(later.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _reassess_case(case_id: int, *, by: Actor, at: datetime, why: str) -> None:
    case = Case.objects.locked_one(case_id)
    clocks.follow_priority(case, at=at, by=by, why=why)
    case.save(update_fields=PROMISE_COLUMNS)
