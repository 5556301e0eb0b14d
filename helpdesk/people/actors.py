"""Who did it: every action is given its actor as `by=`."""

from dataclasses import dataclass
from typing import Self

from helpdesk.people.models import Person


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the desk itself; `label` is the name that the journal keeps for ever."""

    person: Person | None
    label: str

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(person, person.name)

    @property
    def is_staff_member(self) -> bool:
        return self.person is not None and self.person.is_staff_member


SYSTEM = Actor(None, "Waratah")
