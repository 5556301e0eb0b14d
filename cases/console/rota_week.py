"""A week of the rota as the page shows it: seven days a layer, gaps and who stands in marked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.oncall import turns
from cases.oncall.models import Override, Rota, Shift
from cases.oncall.rota import InLine, layers_of, line_at
from helpdesk.people.models import Person

DAY = timedelta(days=1)
LOOK_AHEAD = timedelta(weeks=8)
MOST_GAPS = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a day in one layer; nobody's when `person` is None."""

    start: datetime
    end: datetime
    person: Person | None
    is_override: bool = False
    is_whole_day: bool = False


@dataclass(frozen=True, slots=True)
class LayerWeek:
    """One layer: each day with its pieces."""

    name: str
    days: list[tuple[date, list[Piece]]]


@dataclass(frozen=True, slots=True)
class Week:
    """What the page shows of one week."""

    days: list[date]
    today: date
    layers: list[LayerWeek]
    now_on_call: list[InLine]
    gaps: list[turns.Gap]
    overrides: list[Override]
    shifts: list[Shift]

    @property
    def earlier(self) -> date:
        return self.days[0] - 7 * DAY

    @property
    def later(self) -> date:
        return self.days[0] + 7 * DAY


def week_of(rota: Rota, *, monday: date | None, now: datetime) -> Week:
    """The week that `monday` lies in, by the clock of the rota; without it the present one."""
    zone = ZoneInfo(rota.time_zone)
    today = now.astimezone(zone).date()
    first = (monday or today) - timedelta(days=(monday or today).weekday())
    days = [first + number * DAY for number in range(7)]
    layers = layers_of(rota)
    people = Person.objects.in_bulk(_persons_of(layers))
    ahead = [
        gap
        for layer in layers
        for gap in turns.gaps(layer, zone=rota.time_zone, start=now, end=now + LOOK_AHEAD)
    ]
    return Week(
        days,
        today,
        [_layer_week(layer, days, zone, people) for layer in layers],
        line_at(rota, at=now),
        sorted(ahead, key=lambda gap: gap.start)[:MOST_GAPS],
        list(
            Override.objects.filter(layer__rota=rota, ends_at__gt=now)
            .select_related("layer", "person")
            .order_by("starts_at")[:50]
        ),
        list(Shift.objects.filter(layer__rota=rota).select_related("layer", "person")),
    )


def _layer_week(
    layer: turns.Layer, days: list[date], zone: ZoneInfo, people: dict[int, Person]
) -> LayerWeek:
    return LayerWeek(layer.name, [(day, _pieces(layer, day, zone, people)) for day in days])


def _pieces(
    layer: turns.Layer, day: date, zone: ZoneInfo, people: dict[int, Person]
) -> list[Piece]:
    start, end = (datetime.combine(one, time(), tzinfo=zone) for one in (day, day + DAY))
    held = turns.turns(layer, zone=zone.key, start=start, end=end)
    pieces = [
        Piece(
            turn.start,
            turn.end,
            people.get(turn.person),
            turn.is_override,
            (turn.start, turn.end) == (start, end),
        )
        for turn in held
    ]
    empty = turns.gaps(layer, zone=zone.key, start=start, end=end)
    pieces += [
        Piece(gap.start, gap.end, None, is_whole_day=(gap.start, gap.end) == (start, end))
        for gap in empty
    ]
    return sorted(pieces, key=lambda piece: piece.start)


def _persons_of(layers: tuple[turns.Layer, ...]) -> set[int]:
    return {person for layer in layers for person in layer.everybody}
