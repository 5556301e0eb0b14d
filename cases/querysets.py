"""The query words for cases. Every surface starts from `visible_to`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup, Q
from django.db.models.sql.compiler import SQLCompiler

from cases.lifecycle import ACTIVE, ENDED, State
from helpdesk.people.models import Person

if TYPE_CHECKING:
    # ruff does not see names in the quotes of a base class.
    from cases.models import Case, Merge  # noqa: F401


class CaseQuerySet(models.QuerySet["Case"]):
    """Words that say which cases."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The cases that `person` may see; nothing for anybody unknown."""
        if not isinstance(person, Person) or not person.is_active:
            return self.none()
        if person.is_staff_member:
            return self
        return self.exclude(state="spam").filter(_seen_by_client(person))

    def locked(self, *pks: int) -> list["Case"]:
        """Lock rows, always in the same order, so that two doors cannot block each other."""
        return list(self.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))

    def locked_one(self, pk: int) -> "Case":
        """Lock one row and return it as it is now. Raises Case.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def active(self) -> Self:
        return self.filter(state__in=sorted(ACTIVE))

    def ended(self) -> Self:
        return self.filter(state__in=sorted(ENDED))

    def assigned_to(self, person: Person) -> Self:
        return self.active().filter(assignee=person)

    def unassigned(self) -> Self:
        return self.active().filter(assignee=None)

    def with_promise(self) -> Self:
        """Cases with a running promise, for the queue that shows what breaches next.

        Only an active case has one, so to ask for that too would just mislead the planner.
        """
        return self.filter(next_due_at__isnull=False)

    def for_rows(self) -> Self:
        """Everything that one row of a list shows, in one query."""
        return self.select_related("client", "organisation", "assignee", "team", "category")

    def numbered(self, numbers: Iterable[int]) -> Self:
        return self.filter(number__in=list(numbers))


class MergeQuerySet(models.QuerySet["Merge"]):
    """Words that say which cases became part of which."""

    def kept_for(self, cases: Iterable["Case"]) -> dict[int, "Case"]:
        """The case that goes on, by the id of each case that was merged; no statement for none."""
        merged = [case.pk for case in cases if case.current_state == State.MERGED]
        if not merged:
            return {}
        rows = self.filter(case__in=merged).select_related("into__client__organisation")
        return {row.case_id: row.into for row in rows}


def _seen_by_client(person: Person) -> Q:
    joined = apps.get_model("cases", "Participant").objects.filter(person=person, state="joined")
    seen = Q(client=person) | Q(_IsAnyOf(F("pk"), ArraySubquery(joined.values("case"))))
    organisation = person.organisation
    if organisation is not None and (person.role == "client_manager" or organisation.shares_cases):
        seen |= Q(organisation=organisation)
    return seen


class _IsAnyOf(Lookup):
    """`id = ANY (ARRAY(...))`: unlike `id IN (...)`, an index serves it within an OR."""

    lookup_name = "is_any_of"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, values = self.process_lhs(compiler, connection)
        array, of_array = self.process_rhs(compiler, connection)
        return f"{column} = ANY {array}", (*values, *of_array)
