"""Plays topics as cases through the ordinary doors, at times in the past."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from cases.actions import assigning, indexing, moving, opening, replying
from cases.lifecycle import Move
from cases.models import Case, Category, Channel, Characteristic, Priority
from cases.thread.adding import Writing
from helpdesk.demo.topics import AREAS, TOPICS, Topic
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import CLIENT_ROLES, Person

CHANNELS = (Channel.PORTAL,) * 5 + (Channel.EMAIL,) * 4 + (Channel.PHONE,)
ENDINGS = ("new", "assigned", "answered", "waiting", "on_hold", "talking", "resolved", "closed")
WEIGHTS = (10, 8, 12, 12, 6, 14, 18, 20)
OLDEST_DAYS = 120
STILL_OPEN_DAYS = 12
AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Plot:
    """One case to be played: who, what, how far, since when."""

    topic: Topic
    client: Person
    agent: Person
    ending: str
    channel: str
    opened_at: datetime
    paces: tuple[timedelta, ...]


def play(
    people: dict[str, Person],
    *,
    count: int,
    now: datetime,
    chance: random.Random,
    told: Callable[[int], None],
) -> None:
    """Make `count` cases of every state and age; `told` hears how many are done."""
    categories = _categories()
    clients = [person for person in people.values() if person.role in CLIENT_ROLES]
    agents = [people["ada"], people["ben"], people["mei"]]
    for first in range(0, count, AT_ONCE):
        batch = range(first, min(first + AT_ONCE, count))
        with transaction.atomic():
            for number in batch:
                plot = _plot(number, clients, agents, now=now, chance=chance)
                indexing.reindex(_play_one(plot, categories, now=now))
            count_as_told()
        told(batch.stop)


def _plot(
    number: int,
    clients: Sequence[Person],
    agents: Sequence[Person],
    *,
    now: datetime,
    chance: random.Random,
) -> Plot:
    ending = chance.choices(ENDINGS, WEIGHTS)[0]
    is_over = ending in {"resolved", "closed"}
    days = chance.uniform(0.02, OLDEST_DAYS if is_over else STILL_OPEN_DAYS)
    return Plot(
        topic=TOPICS[number % len(TOPICS)],
        # Acme's Carla has many cases, others a few, so that pages show one, some and many.
        client=clients[0] if number % 9 == 0 else chance.choice(clients),
        agent=chance.choice(agents),
        ending=ending,
        channel=chance.choice(CHANNELS),
        opened_at=now - timedelta(days=days),
        paces=tuple(timedelta(days=days * share) for share in _paces(chance)),
    )


def _paces(chance: random.Random) -> list[float]:
    """Four moments between the opening and now, early ones close together."""
    return sorted(chance.uniform(0.01, 0.9) ** 2 for _ in range(4))


def _play_one(plot: Plot, categories: dict[str, Category], *, now: datetime) -> Case:
    topic, by_client, by_agent = plot.topic, Actor.of(plot.client), Actor.of(plot.agent)
    is_critical = topic.priority == Priority.CRITICAL
    question = opening.Question(
        subject=topic.subject,
        type=topic.kind,
        category=categories[topic.area],
        priority=topic.priority,
        characteristics=(Characteristic.NOBODY_GETS_IN,) if is_critical else (),
    )
    case = opening.open_case(
        question,
        Writing(text=topic.details, channel=plot.channel),
        client=plot.client,
        by=by_client,
        at=plot.opened_at,
    )
    assigned, answered, heard, ended = (plot.opened_at + pace for pace in plot.paces)
    if plot.ending == "new":
        return case
    assigning.assign(case, plot.agent, by=by_agent, at=assigned)
    if topic.note:
        replying.add_note(
            case, Writing(text=topic.note, channel=Channel.PORTAL), by=by_agent, at=assigned
        )
    if plot.ending == "assigned":
        return case
    move = Move.WAIT_FOR_CLIENT if plot.ending == "waiting" else None
    _say(case, topic.answer, by=by_agent, at=answered, then=move)
    if plot.ending == "on_hold":
        reason = "The developers look for the cause."
        moving.move(case, Move.HOLD, by=by_agent, reason=reason, at=heard)
    if plot.ending in {"talking", "resolved", "closed"}:
        _say(case, topic.follow_up, by=by_client, at=heard)
    if plot.ending in {"resolved", "closed"}:
        _say(case, topic.ending, by=by_agent, at=ended, then=Move.RESOLVE)
    if plot.ending == "closed":
        moving.move(case, Move.CLOSE, by=by_client, at=min(ended + timedelta(hours=5), now))
    return case


def _say(case: Case, text: str, *, by: Actor, at: datetime, then: Move | None = None) -> None:
    writing = Writing(text=text, channel=Channel.PORTAL)
    replying.reply(case, writing, by=by, at=at, then=then)


def _categories() -> dict[str, Category]:
    return {
        name: Category.objects.get_or_create(name=name, defaults={"position": position})[0]
        for position, name in enumerate(AREAS)
    }


def count_as_told() -> None:
    """History is not news: nobody is mailed about it."""
    Entry.objects.filter(dispatched_at=None).update(dispatched_at=Now())
