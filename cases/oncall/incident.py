"""The timeline of a case as one may print it after an incident, for its readers or for us."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases import access, kinds
from cases.models import Case, Characteristic
from cases.oncall.models import Page
from cases.sla.standing import Standing, standings_of
from cases.thread.models import MessageQuerySet
from helpdesk.journal.kinds import Audience
from helpdesk.journal.timeline import timeline
from helpdesk.markup.text import preview_of
from helpdesk.people.models import Person
from helpdesk.people.zones import zone_of

PREVIEW = 400
_TOLD_BY_MESSAGES = {kinds.REPLIED.name, kinds.NOTED.name}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the report; `since` is how long after the beginning it was."""

    at: datetime
    since: timedelta
    words: str
    quote: str = ""
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """A case from beginning to end."""

    case: Case
    characteristics: list[str]
    happenings: list[Happening]
    pages: list[Page]
    promises: list[Standing]

    @property
    def first_answer_after(self) -> timedelta | None:
        answered = self.case.first_answered_at
        return answered - self.case.created_at if answered is not None else None

    @property
    def solved_after(self) -> timedelta | None:
        solved = self.case.resolved_at or self.case.closed_at
        return solved - self.case.created_at if solved is not None else None


def incident_of(case: Case, *, reader: Person, is_ours: bool, now: datetime) -> Incident:
    """A visible case in order, with how long after its beginning each thing was.

    `is_ours`: with what `reader`, one of ours, may read; otherwise what clients may, for anybody.
    """
    pages = case.pages.prefetch_related(
        "attempts__sendings__mail",
        "attempts__sendings__delivery",
        "attempts__sendings__push",
    )
    audiences = access.audiences_of(reader) if is_ours else frozenset({Audience.CLIENT})
    messages = case.messages.readable_by(reader) if is_ours else case.messages.public()
    happenings = [*_entries(case, audiences), *_said(case, messages)]
    return Incident(
        case,
        [Characteristic(one).label for one in case.characteristics],
        sorted(happenings, key=lambda one: one.at),
        list(pages.order_by("started_at")) if is_ours else [],
        standings_of(case, now=now, zone=zone_of(reader)),
    )


def _entries(case: Case, audiences: Collection[Audience]) -> Iterator[Happening]:
    found = timeline(subject_kind=kinds.SUBJECT, subject_id=case.pk, audiences=audiences)
    for entry in found.exclude(kind__in=_TOLD_BY_MESSAGES):
        yield Happening(entry.at, entry.at - case.created_at, entry.sentence)


def _said(case: Case, messages: MessageQuerySet) -> Iterator[Happening]:
    for message in messages.in_order():
        verb = "wrote" if message.is_public else "noted for us"
        yield Happening(
            message.at,
            message.at - case.created_at,
            f"{message.author_label} {verb}:",
            preview_of(message.text, length=PREVIEW),
            not message.is_public,
        )
