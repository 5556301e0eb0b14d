"""What happens at the simulated desk: its clients, its promises, and a life for each case."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from cases.actions.moving import move
from cases.actions.opening import Question, open_case
from cases.actions.prioritising import change_priority
from cases.actions.refusing import Refused
from cases.actions.replying import reply
from cases.lifecycle import Move, MoveRefused
from cases.models import Case
from cases.sla.models import SlaPolicy
from cases.thread.adding import Writing
from helpdesk.calendars.models import Calendar, Region
from helpdesk.calendars.presets import load_preset
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person, Role

BEGIN = datetime(2025, 9, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
HOUR = timedelta(hours=1)
PRIORITIES = ("critical", "high", "medium", "medium", "low")
TARGETS = {
    "critical": ("2 hours", "1 hours", "4 hours", "24 hours"),
    "high": ("4 hours", "4 hours", "1 days", "3 days"),
    "medium": ("1 days", "1 days", "3 days", "10 days"),
    "low": ("2 days", "2 days", "", ""),
}
METRICS = ("first_response", "next_response", "update", "resolution")
_numbers = count()


@dataclass(frozen=True, slots=True)
class People:
    """Who is there."""

    clients: list[Person]
    agents: list[Person]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to a case: when it happened, and when the desk came to record it."""

    at: datetime
    recorded_at: datetime
    name: str
    case: int
    details: tuple[str, ...] = ()

    def __lt__(self, other: "Deed") -> bool:
        return (self.recorded_at, self.case) < (other.recorded_at, other.case)


def prepare_desk() -> People:
    """The shipped calendars, four promises a priority, clients in two countries."""
    load_preset("anz", by="Simulation", now=BEGIN - timedelta(days=60))
    for priority, targets in TARGETS.items():
        policy = SlaPolicy.objects.create(
            name=f"Simulated {priority}",
            priority=priority,
            pauses_on_hold=priority == "high",
            calendar=Calendar.objects.get(slug="round-the-clock")
            if priority == "critical"
            else None,
        )
        for metric, words in zip(METRICS, targets, strict=True):
            if words:
                amount, unit = words.split()
                policy.targets.create(metric=metric, amount=int(amount), unit=unit)
    return People(
        [_person(Role.CLIENT, _organisation(code)) for code in ("au-vic", "nz") * 10],
        [_person(Role.AGENT) for _ in range(5)],
    )


def deeds_of(case: int, rng: random.Random) -> Iterator[Deed]:
    """The life of one case, in the order in which it happened."""
    at = BEGIN + timedelta(seconds=rng.randrange(int(YEAR.total_seconds())))
    priority = rng.choice(PRIORITIES)
    yield Deed(at, at, "open", case, (priority,))
    for _ in range(rng.randint(0, 3)):
        at += _pause(rng, hours=8 if priority != "critical" else 1)
        then = rng.choice(("", "", Move.WAIT_FOR_CLIENT, Move.HOLD))
        yield Deed(at, at + _delay(rng), "answer", case, (then,))
        if rng.random() < 0.1:
            at += _pause(rng, hours=4)
            yield Deed(at, at, "prioritise", case, (rng.choice(PRIORITIES),))
        if rng.random() < 0.7:
            at += _pause(rng, hours=20)
            yield Deed(at, at + _delay(rng), "write", case)
    at += _pause(rng, hours=16)
    yield Deed(at, at, "answer", case, (Move.RESOLVE,))
    if rng.random() < 0.15:
        at += _pause(rng, hours=30)
        yield Deed(at, at + _delay(rng), "write", case)
        at += _pause(rng, hours=10)
        yield Deed(at, at, "answer", case, (Move.RESOLVE,))
    if rng.random() < 0.02:
        yield Deed(at + HOUR, at + HOUR, "close", case)


def carry_out(deed: Deed, cases: dict[int, Case], people: People, rng: random.Random) -> bool:
    """Do it through the ordinary action; False where the case's table of moves refuses it."""
    agent = Actor.of(people.agents[deed.case % len(people.agents)])
    client = people.clients[deed.case % len(people.clients)]
    try:
        match deed.name:
            case "open":
                cases[deed.case] = _open(deed, client)
            case "answer":
                then = Move(deed.details[0]) if deed.details[0] else None
                reply(cases[deed.case], _WORDS, by=agent, at=deed.at, then=then, reason="So.")
            case "write":
                reply(cases[deed.case], _WORDS, by=Actor.of(client), at=deed.at)
            case "prioritise":
                _prioritise(cases[deed.case], deed, agent)
            case _:
                move(cases[deed.case], Move.CLOSE, by=agent, at=deed.at)
    except (MoveRefused, Refused):
        return False
    return True


_WORDS = Writing(text="Some words.", channel="portal")


def _open(deed: Deed, client: Person) -> Case:
    [priority] = deed.details
    question = Question(subject=f"Case {deed.case}", priority=priority, characteristics=("hangs",))
    return open_case(question, _WORDS, client=client, by=Actor.of(client), at=deed.at)


def _prioritise(case: Case, deed: Deed, agent: Actor) -> None:
    [priority] = deed.details
    change_priority(case, priority, by=agent, reason="So.", characteristics=("hangs",), at=deed.at)


def _pause(rng: random.Random, *, hours: float) -> timedelta:
    """Mostly soon, sometimes much later."""
    return timedelta(seconds=int(rng.expovariate(1 / (hours * 3_600))) + 1)


def _delay(rng: random.Random) -> timedelta:
    """One message in twenty is recorded late: its queue was down."""
    return timedelta(seconds=rng.randrange(600, 100_000) if rng.random() < 0.05 else 0)


def _organisation(region: str) -> Organisation:
    name = f"Organisation {next(_numbers)}"
    return Organisation.objects.create(name=name, region=Region.objects.get(code=region))


def _person(role: Role, organisation: Organisation | None = None) -> Person:
    number = next(_numbers)
    return Person.objects.create_user(
        f"person{number}",
        f"person{number}@example.org",
        role=role,
        organisation=organisation,
    )
