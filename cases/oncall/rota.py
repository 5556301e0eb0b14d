"""The rota in use, read from the tables into what `turns` understands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from cases.oncall import turns
from cases.oncall.models import Layer, Override, Rota, Shift
from helpdesk.people.models import Person

LEADS = "Leads"


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who may be called, and in which layer they stand."""

    layer: str
    person: Person


def rota_in_use() -> Rota | None:
    return Rota.objects.filter(is_in_use=True).first()


def layers_of(rota: Rota) -> tuple[turns.Layer, ...]:
    """The layers of `rota` with their shifts and overrides, in three statements."""
    layers = rota.layers.prefetch_related(
        Prefetch("shifts", Shift.objects.filter(person__is_active=True)),
        Prefetch("overrides", Override.objects.filter(person__is_active=True)),
    )
    return tuple(read_layer(layer) for layer in layers)


def read_layer(layer: Layer) -> turns.Layer:
    """One layer as the pure rules want it. Overrides come in the order in which they were made."""
    return turns.Layer(
        layer.name,
        tuple(
            turns.Shift(
                shift.person_id,
                shift.first_on,
                shift.starts_at,
                shift.days,
                shift.ends_at,
                shift.every_weeks,
                shift.until_on,
            )
            for shift in layer.shifts.all()
        ),
        tuple(
            turns.Override(one.person_id, one.starts_at, one.ends_at)
            for one in layer.overrides.all()
        ),
    )


def line_at(rota: Rota | None, *, at: datetime) -> list[InLine]:
    """Who is to be called at `at`, the first to call first, each person once.

    Where nobody is on call, or there is no rota, the leads are: a critical case is never silent.
    """
    held = turns.on_call(layers_of(rota), zone=rota.time_zone, at=at) if rota else []
    people = Person.objects.active().in_bulk([turn.person for turn in held])
    line = {turn.person: InLine(turn.layer, people[turn.person]) for turn in reversed(held)}
    found = list(reversed(line.values()))
    return found or [InLine(LEADS, lead) for lead in Person.objects.leads().order_by("pk")]


def gaps(rota: Rota, *, start: datetime, end: datetime) -> list[turns.Gap]:
    """The stretches of `[start, end)` in which a layer of `rota` has nobody: for calendar lint."""
    found = [
        gap
        for layer in layers_of(rota)
        for gap in turns.gaps(layer, zone=rota.time_zone, start=start, end=end)
    ]
    return sorted(found, key=lambda gap: gap.start)
