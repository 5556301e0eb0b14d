"""Filters of a queue: an allow-list of fields, kept in the address so that they can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from cases.lifecycle import State
from cases.models import Case, Channel, Priority

_CHOICES = {
    "priority": {value: str(label) for value, label in Priority.choices},
    "state": {state.value: state.label for state in State},
    "channel": {value: str(label) for value, label in Channel.choices},
}
_IDS = ("team", "organisation", "assignee", "category")


@dataclass(frozen=True, slots=True)
class Filters:
    """The chosen values by field; unknown fields and values are left out, not an error."""

    chosen: dict[str, str]

    def narrow(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        return cases.filter(**self.chosen) if self.chosen else cases

    @property
    def count(self) -> int:
        return len(self.chosen)

    @property
    def fields(self) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
        """Each field with its label and choices, as a form draws them."""
        return [
            (
                field,
                field.capitalize(),
                [(value, name, self.chosen.get(field) == value) for value, name in allowed.items()],
            )
            for field, allowed in _CHOICES.items()
        ]


def filters_from(values: Mapping[str, str]) -> Filters:
    """Read the filters from the query of a request."""
    chosen = {
        field: values[field]
        for field, allowed in _CHOICES.items()
        if values.get(field, "") in allowed
    }
    chosen |= {
        field: values[field]
        for field in _IDS
        if values.get(field, "").isascii() and values.get(field, "").isdigit()
    }
    return Filters({field: value for field, value in chosen.items() if len(value) <= 18})
