"""How many seats of an event are taken and free."""

from dataclasses import dataclass

from django.db.models import Count, Q

from knowledgebase.training.models import Event, Registration


@dataclass(frozen=True, slots=True)
class Seats:
    """`free` is None where nobody limits them."""

    taken: int
    waiting: int
    free: int | None

    @property
    def is_full(self) -> bool:
        return self.free == 0


def seats_of(event: Event) -> Seats:
    """The seats of `event`, counted in one query."""
    state = Registration.State
    counted = event.registrations.aggregate(
        taken=Count("pk", filter=Q(state=state.SEATED)),
        waiting=Count("pk", filter=Q(state=state.WAITING)),
    )
    free = None if event.capacity is None else max(event.capacity - counted["taken"], 0)
    return Seats(counted["taken"], counted["waiting"], free)
