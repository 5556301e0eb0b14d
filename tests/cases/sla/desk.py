"""A day at the desk in one line each, through the ordinary actions."""

from datetime import timedelta
from typing import Any

from cases.actions import moving
from cases.lifecycle import Move
from cases.models import Case
from cases.sla import sweeping
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent, SlaNotice, SlaTimer
from cases.sla.sweeping import Swept
from cases.thread.models import Message
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message
from tests.cases.sla.logs import on


def opened(client: Person, text: str, **facts: Any) -> Case:
    """A case that reached us at a reading such as "Tue 10:00"."""
    return a_case(client, at=on(text), **facts)


def wrote(case: Case, by: Person, text: str) -> Message:
    """A public message received at `text`."""
    return a_message(case, by=by, at=on(text))


def moved(case: Case, move: Move, by: Person, text: str) -> Case:
    return moving.move(case, move, by=Actor.of(by), at=on(text), reason="As agreed.")


def swept(text: str) -> Swept:
    return sweeping.sweep(now=on(text))


def swept_after(text: str, *, seconds: int) -> Swept:
    return sweeping.sweep(now=on(text) + timedelta(seconds=seconds))


def timer(case: Case, metric: Metric = Metric.FIRST_RESPONSE, cycle: int = 1) -> SlaTimer:
    return SlaTimer.objects.get(case=case, metric=metric, cycle=cycle)


def timers(case: Case) -> set[tuple[str, int, str]]:
    """Metric, cycle and state of every timer of a case."""
    return set(case.timers.values_list("metric", "cycle", "state"))


def notices(case: Case) -> list[tuple[str, bool]]:
    """Kind and whether it was superseded, in the order recorded."""
    of_case = SlaNotice.objects.filter(timer__case=case).order_by("pk")
    return list(of_case.values_list("kind", "is_superseded"))


def events(case: Case, metric: Metric = Metric.FIRST_RESPONSE) -> list[str]:
    of_metric = SlaEvent.objects.filter(timer__case=case, timer__metric=metric)
    return list(of_metric.order_by("pk").values_list("kind", flat=True))
