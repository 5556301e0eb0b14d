"""A rota and a night in July in one line each."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from cases.models import Case
from cases.oncall import beginning, ringing
from cases.oncall.models import Layer, Page, Rota
from helpdesk.journal.models import Entry
from helpdesk.people.models import Person
from tests.builders import a_case

NIGHT = datetime(2026, 7, 1, 16, 14, tzinfo=UTC)
"""Thursday 2 July 2026, 02:14 in Melbourne."""


def a_rota(**layers: Person) -> Rota:
    """Each of `layers` is one person, on call from Monday 09:00 to Monday 09:00, every week."""
    rota = Rota.objects.create(name="Desk", time_zone="Australia/Melbourne")
    for position, (name, person) in enumerate(layers.items()):
        layer = rota.layers.create(name=name.capitalize(), position=position)
        a_shift(layer, person)
    return rota


def a_shift(layer: Layer, person: Person, **facts: object) -> None:
    values = {
        "first_on": date(2026, 6, 1),
        "starts_at": time(9),
        "days": 7,
        "ends_at": time(9),
        **facts,
    }
    layer.shifts.create(person=person, **values)


def after(minutes: float) -> datetime:
    return NIGHT + timedelta(minutes=minutes)


def a_page(client: Person, *, at: datetime = NIGHT, **question: Any) -> Page:
    """A critical case that was opened at `at`, and the page that its opening begins."""
    case = a_case(client, priority="critical", at=at, **question)
    beginning.page_if_critical(opened(case))
    return Page.objects.get(case=case)


def opened(case: Case) -> Entry:
    return Entry.objects.get(subject_id=case.pk, kind="case.opened")


def latest(kind: str) -> Entry:
    return Entry.objects.filter(kind=kind).latest("pk")


def rung(minutes: float) -> None:
    """The sweep, so many minutes after the case."""
    ringing.ring_due(now=after(minutes))


def called(page: Page) -> list[str]:
    """Who was called, in order."""
    return list(page.attempts.values_list("person_label", flat=True))
