"""The policies of the shipped desk (`product.md`, the facts of the desk)."""

from django.db import transaction

from cases.models import Priority
from cases.sla.metrics import Metric
from cases.sla.models import SlaPolicy, SlaTarget
from helpdesk.calendars.models import Calendar

_SHIPPED = (
    (Priority.CRITICAL, 2, SlaTarget.Unit.HOURS),
    (Priority.HIGH, 4, SlaTarget.Unit.HOURS),
    (Priority.MEDIUM, 1, SlaTarget.Unit.DAYS),
    (Priority.LOW, 2, SlaTarget.Unit.DAYS),
)


@transaction.atomic
def load_policies() -> int:
    """Add the policies that the desk lacks, one a priority; return how many.

    Critical runs round the clock, the others on the office hours of the client's region. Needs
    the calendars of the `anz` preset; safe to run again, what exists stays as it is.
    """
    round_the_clock = Calendar.objects.get(slug="round-the-clock")
    added = 0
    for position, (priority, amount, unit) in enumerate(_SHIPPED):
        policy, is_new = SlaPolicy.objects.get_or_create(
            name=f"{priority.label} cases",
            defaults={
                "priority": priority,
                "position": position,
                "calendar": round_the_clock if priority == Priority.CRITICAL else None,
            },
        )
        if is_new:
            policy.targets.create(metric=Metric.FIRST_RESPONSE, amount=amount, unit=unit)
            added += 1
    return added
