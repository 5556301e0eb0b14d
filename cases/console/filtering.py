"""Filters of a queue: an allow-list of fields, kept in the address so that they can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

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
    def choices(self) -> dict[str, dict[str, str]]:
        return _CHOICES

    @property
    def query(self) -> str:
        """The filters as part of an address, for the links to further pages."""
        return urlencode(self.chosen)


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
