"""The rota of the demo, and the critical case for which somebody is being called."""

from datetime import datetime, time, timedelta

from cases.models import Case, Priority
from cases.oncall import beginning, ringing
from cases.oncall.models import Layer, Rota
from helpdesk.people.models import Person

NINE = time(9)
# Weeks change hands on Monday morning; Ada, Ben and Mei take turns, a week apart in each layer.
LAYERS = {"Primary": ("ada", "ben", "mei"), "Secondary": ("ben", "mei", "ada"), "Lead": ("lea",)}


def make_rota(people: dict[str, Person], *, now: datetime) -> None:
    """Put the agents on call week by week, once."""
    if Rota.objects.exists():
        return
    monday = now.date() - timedelta(days=now.weekday() + 7)
    rota = Rota.objects.create(name="Support on call", time_zone="Australia/Melbourne")
    for position, (name, persons) in enumerate(LAYERS.items()):
        layer = Layer.objects.create(rota=rota, name=name, position=position)
        for turn, person in enumerate(persons):
            layer.shifts.create(
                person=people[person],
                first_on=monday + timedelta(weeks=turn),
                starts_at=NINE,
                days=7,
                ends_at=NINE,
                every_weeks=len(persons),
            )


def call_for_one(*, now: datetime) -> None:
    """Let the newest critical case without an answer have called two people by now."""
    waiting = Case.objects.active().filter(priority=Priority.CRITICAL, first_answered_at=None)
    case = waiting.order_by("-created_at").first()
    if case is not None:
        beginning.begin(case, at=now - timedelta(minutes=6))
        ringing.ring_due(now=now - timedelta(minutes=6))
        ringing.ring_due(now=now - timedelta(minutes=1))
