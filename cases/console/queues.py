"""The queues of the console: what each holds, and in which order it is worked."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery

from cases.escalations.models import Escalation
from cases.models import Case
from cases.querysets import CaseQuerySet
from helpdesk.paging.keyset import Order
from helpdesk.people.models import Person

Narrow = Callable[[CaseQuerySet, Person], QuerySet[Case]]
MOST_COUNTED = 1_000
COUNT_SECONDS = 2

OLDEST_CHANGE_FIRST = Order("updated_at", is_descending=False)
NEWEST_CHANGE_FIRST = Order("updated_at")
NEXT_DUE_FIRST = Order("next_due_at", is_descending=False)


_CLIMBING = Escalation.objects.filter(case=OuterRef("pk")).exclude(state="ended")


@dataclass(frozen=True, slots=True)
class Queue:
    """One entry of the sidebar, served by an index of its own."""

    slug: str
    label: str
    icon: str
    narrow: Narrow
    order: Order
    is_personal: bool = False
    empty: str = "Nothing here. Well done."


QUEUES = (
    Queue(
        "mine",
        "Mine",
        "inbox",
        lambda cases, person: cases.assigned_to(person),
        NEWEST_CHANGE_FIRST,
        is_personal=True,
        empty="No open case is yours. Take one from Unassigned.",
    ),
    Queue(
        "unassigned",
        "Unassigned",
        "user-plus",
        lambda cases, person: cases.unassigned(),
        OLDEST_CHANGE_FIRST,
        empty="Every open case has somebody.",
    ),
    Queue(
        "breaching",
        "Breaching next",
        "alarm-clock",
        lambda cases, person: cases.with_promise(),
        NEXT_DUE_FIRST,
        empty="No promise is running.",
    ),
    Queue(
        "escalated",
        "Escalated",
        "siren",
        lambda cases, person: cases.filter(Exists(_CLIMBING)),
        OLDEST_CHANGE_FIRST,
        empty="No missed promise waits for somebody.",
    ),
    Queue(
        "open",
        "All open",
        "list",
        lambda cases, person: cases.active(),
        NEWEST_CHANGE_FIRST,
        empty="No case is open.",
    ),
    Queue(
        "ended",
        "Resolved and closed",
        "archive",
        lambda cases, person: cases.ended(),
        NEWEST_CHANGE_FIRST,
        empty="Nothing has been resolved yet.",
    ),
)
BY_SLUG = {queue.slug: queue for queue in QUEUES}


@dataclass(frozen=True, slots=True)
class Counted:
    """A queue with its bounded size, as the sidebar shows it."""

    queue: Queue
    size: str


def counted(person: Person) -> list[Counted]:
    """Every queue with its size, at most two seconds old, counted to `MOST_COUNTED` only.

    One statement for all that is not kept.
    """
    keys = {queue.slug: _key(queue, person) for queue in QUEUES}
    kept: dict[str, int] = cache.get_many(list(keys.values()))
    missing = [queue for queue in QUEUES if keys[queue.slug] not in kept]
    if missing:
        sizes = _sizes(missing, person)
        fresh = {keys[slug]: size for slug, size in sizes.items()}
        cache.set_many(fresh, timeout=COUNT_SECONDS)
        kept |= fresh
    return [Counted(queue, _words(kept[keys[queue.slug]])) for queue in QUEUES]


def _key(queue: Queue, person: Person) -> str:
    return f"queue:{queue.slug}:{person.pk if queue.is_personal else 'all'}"


def _sizes(queues: list[Queue], person: Person) -> dict[str, int]:
    """The bounded size of each queue, by its slug."""
    columns = {}
    for queue in queues:
        cases = queue.narrow(Case.objects.visible_to(person), person)
        columns[queue.slug] = _SizeOf(cases.order_by().values("pk")[: MOST_COUNTED + 1])
    sizes: dict[str, int] = Person.objects.filter(pk=person.pk).values(**columns).get()
    return sizes


class _SizeOf(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS bounded)"
    output_field = IntegerField()


def _words(size: int) -> str:
    return f"{MOST_COUNTED:,}+" if size > MOST_COUNTED else f"{size:,}"
