"""Making a draft, and what becomes of it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from cases.actions.refusing import Refused
from cases.sla import reassessing
from cases.sla.models import SlaPolicy, SlaTimer
from cases.sla.reckoning import whole_second
from cases.whatif.models import Draft
from helpdesk.calendars.models import Calendar, Holiday, Region
from helpdesk.calendars.publishing import publish_region, publish_version
from helpdesk.calendars.working_time import WEEKDAY_KEYS, hours_from_json
from helpdesk.people.models import Person


def make(kind: str, spec: dict[str, Any], *, title: str, by: Person, at: datetime) -> Draft:
    """Keep a change in draft and ask for its replay, as of `at`."""
    highest = SlaTimer.objects.aggregate(pk=Max("pk"))["pk"] or 0
    return Draft.objects.create(
        kind=kind,
        spec=spec,
        title=title[:200],
        made_by=by,
        now=whole_second(at),
        highest_timer=highest,
    )


@transaction.atomic
def apply(draft: Draft, *, by: Person, at: datetime) -> None:
    """Make the change real from `at` on; the promises follow by the ordinary rules.

    Raises Refused unless it was replayed and nobody applied or dropped it.
    """
    locked = _locked(draft, Draft.State.DONE)
    spec, why = locked.spec, f"What-if: {locked.title}"[:500]
    match locked.kind:
        case Draft.Kind.HOURS:
            days = [spec["weekly"].get(key, []) for key in WEEKDAY_KEYS]
            weekly = tuple(hours_from_json(hours, day="") for hours in days)
            calendar = Calendar.objects.get(pk=spec["calendar"])
            publish_version(calendar, by=by.name, why=why, effective_at=at, weekly=weekly)
        case Draft.Kind.HOLIDAY:
            region = Region.objects.get(pk=spec["region"])
            Holiday.objects.get_or_create(
                region=region, date=spec["date"], defaults={"name": spec["name"]}
            )
            publish_region(region, by=by.name, why=why, effective_at=at)
        case _:
            policy = SlaPolicy.objects.get(pk=spec["policy"])
            for metric, target in spec["targets"].items():
                policy.targets.update_or_create(metric=metric, defaults=target)
            reassessing.note_edit(policy, by=by.name, at=at)
    locked.state, locked.ended_at = Draft.State.APPLIED, at
    locked.save(update_fields=["state", "ended_at"])


@transaction.atomic
def drop(draft: Draft, *, at: datetime) -> None:
    """Forget the change; its replay stops. Raises Refused once it is applied."""
    locked = _locked(draft, Draft.State.DONE, Draft.State.RUNNING, Draft.State.FAILED)
    locked.state, locked.ended_at = Draft.State.DROPPED, at
    locked.save(update_fields=["state", "ended_at"])


def _locked(draft: Draft, *states: Draft.State) -> Draft:
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.state not in states:
        raise Refused(f"This draft is “{locked.get_state_display()}” by now. Nothing was changed.")
    return locked
