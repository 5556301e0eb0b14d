"""Two cases about one thing become one: the kept case goes on, the other leads there.

Merging can never win time (`sla.md` part 4, merge), and never shows a case to somebody who could
not see it before, unless one of ours says so by name. It cannot be undone: single messages can be
moved or split off again (`rethreading.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from cases import access, kinds
from cases.actions import joining, moving
from cases.actions.refusing import Refused
from cases.lifecycle import ACTIVE, ENDED, Move, Role, State
from cases.models import Case, Merge, Participant
from cases.thread.adding import take_over_all
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.people.actors import Actor
from helpdesk.people.models import CLIENT_ROLES, Person

ROW = [
    *moving.ROW,
    "message_count",
    "last_message_at",
    "last_message_by",
    "last_message_is_ours",
    "unanswered_since",
]
TakeAlong = Callable[[Case, Case, Actor, datetime], None]


@transaction.atomic
def merge(
    case: Case, *, into: Case, by: Actor, lets_in: bool = False, at: datetime | None = None
) -> Case:
    """Make `case` part of `into`, with its thread, people, defects, calls and what is owed.

    `lets_in` says that whoever takes part in only one of them may read both. Returns the kept
    case. Raises Refused or MoveRefused with a sentence.
    """
    source, kept = _locked(case, into, by=by)
    _require_one_matter(source, kept)
    if not lets_in and (gaining := who_gains_sight(source, kept)):
        raise Refused(_words_of(gaining))
    moment = at or timezone.now()
    for name in settings.CASE_MERGING:
        take_along: TakeAlong = import_string(name)
        take_along(source, kept, by, moment)
    waiting = [one.unanswered_since for one in (source, kept) if one.unanswered_since]
    _hand_over_promises(source, kept, by=by, at=moment)
    take_over_all(source, to=kept)
    source.unanswered_since, kept.unanswered_since = None, min(waiting, default=None)
    _bring_people(source, kept, by=by, at=moment)
    _point(source, kept, by=by, at=moment)
    _tell(kinds.MERGED, source, other=kept, by=by, at=moment)
    _tell(kinds.ABSORBED, kept, other=source, by=by, at=moment)
    _save(source, at=moment)
    _save(kept, at=moment)
    return kept


@dataclass(frozen=True, slots=True)
class Gain:
    """Somebody who takes part in one case and would read the other too."""

    person: Person
    case: Case


def who_gains_sight(source: Case, kept: Case) -> list[Gain]:
    """Those on the client's side who see only one of the two; empty for most merges."""
    pairs = ((source, kept), (kept, source))
    return [
        Gain(person, other)
        for case, other in pairs
        for person in _taking_part(case)
        if person.is_client and not access.may_see(person, other)
    ]


def problem_with(source: Case, kept: Case) -> str:
    """Why the two cannot become one, as a sentence; empty if they can."""
    try:
        _require_one_matter(source, kept)
    except Refused as refusal:
        return str(refusal)
    return ""


def _locked(case: Case, into: Case, *, by: Actor) -> tuple[Case, Case]:
    """Both cases, locked in the order of all doors."""
    if case.pk == into.pk:
        raise Refused("A case cannot be merged into itself. Choose another one.")
    rows = {row.pk: row for row in Case.objects.locked(case.pk, into.pk)}
    source, kept = rows[case.pk], rows[into.pk]
    if any(access.role_of(by, row) not in {Role.AGENT, Role.LEAD} for row in (source, kept)):
        raise Refused("Only our own people merge cases.")
    return source, kept


def _require_one_matter(source: Case, kept: Case) -> None:
    for case in (source, kept):
        if case.current_state not in ACTIVE | ENDED:
            label = case.current_state.label.lower()
            raise Refused(f"Case {case.shown_number} is {label}, so it cannot be merged.")
    if kept.current_state in ENDED and source.current_state in ACTIVE:
        raise Refused(
            f"Case {kept.shown_number} has ended. Reopen it first, or merge it into case "
            f"{source.shown_number}."
        )
    if source.organisation_id != kept.organisation_id:
        raise Refused("The cases belong to different organisations, so they stay apart.")
    clients = source.client, kept.client
    if not access.may_see(clients[0], kept) or not access.may_see(clients[1], source):
        whose = source.organisation.name if source.organisation else "Each of them"
        raise Refused(
            f"{clients[0].name} and {clients[1].name} do not see each other's cases: {whose} does "
            "not share cases. Answer each of them on their own case."
        )


def _words_of(gaining: list[Gain]) -> str:
    named = ", ".join(f"{gain.person.name} (case {gain.case.shown_number})" for gain in gaining)
    return f"These people would read a case that they do not see now: {named}. Say that they may."


def _taking_part(case: Case) -> list[Person]:
    joined = case.participants.filter(
        state=Participant.State.JOINED, person__role__in=sorted(CLIENT_ROLES)
    ).select_related("person__organisation")
    return [case.client, *(one.person for one in joined)]


def _hand_over_promises(source: Case, kept: Case, *, by: Actor, at: datetime) -> None:
    """A client who waits on the one waits on the other, due no later than before."""
    if source.unanswered_since is not None and kept.current_state == State.WAITING:
        moving.move_locked(kept, Move.HEAR_FROM_CLIENT, by=by, at=at)
    moving.move_locked(source, Move.MERGE, by=by, at=at, into=kept)


def _bring_people(source: Case, kept: Case, *, by: Actor, at: datetime) -> None:
    for person in _everybody(source):
        if person.pk != kept.client_id:
            joining.join(kept, person, by=by, at=at)
    proposed = source.participants.filter(state=Participant.State.PROPOSED)
    for one in proposed.select_related("person"):
        joining.propose(kept, one.person, why=one.why, by=by, at=at)


def _everybody(case: Case) -> list[Person]:
    """The client, and whoever joined: watching agents too."""
    joined = case.participants.filter(state=Participant.State.JOINED).select_related("person")
    return [case.client, *(one.person for one in joined)]


def _point(source: Case, kept: Case, *, by: Actor, at: datetime) -> None:
    """Lead from `source`, and from whatever led to it, straight to the kept case."""
    Merge.objects.filter(into=source).update(into=kept)
    Merge.objects.create(case=source, into=kept, by_label=by.label[:200], at=at)


def _tell(kind: Kind, case: Case, *, other: Case, by: Actor, at: datetime) -> None:
    journal.write(
        kind,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at,
        data={"case": other.pk, "number": other.shown_number, "subject": other.subject},
    )


def _save(case: Case, *, at: datetime) -> None:
    case.version += 1
    case.updated_at = max(at, case.updated_at)
    case.save(update_fields=ROW)
