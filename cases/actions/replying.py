"""Writing on a case: answers, clients' messages, internal notes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import access, kinds
from cases.actions import moving
from cases.actions.refusing import CaseChanged, Refused, require_going_on
from cases.lifecycle import Move, Role, State
from cases.models import Case
from cases.sla import clocks
from cases.thread.adding import Writing, add_message
from cases.thread.models import Message, Visibility
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.people.actors import Actor

ROW = [
    *moving.ROW,
    "message_count",
    "last_message_at",
    "last_message_by",
    "last_message_is_ours",
    "first_answered_at",
    "unanswered_since",
]


@transaction.atomic
def reply(
    case: Case,
    writing: Writing,
    *,
    by: Actor,
    at: datetime | None = None,
    seen_version: int | None = None,
    then: Move | None = None,
    reason: str = "",
) -> Message:
    """Add a public message: from us an answer, from the client side a message that may reopen.

    `then` is a further move in the same step ("reply and resolve"). Raises CaseChanged when
    `seen_version` is no longer the case's, MoveRefused or Refused with a sentence.
    """
    _require_words(writing)
    locked = Case.objects.locked_one(case.pk)
    require_going_on(locked)
    _require_version(locked, seen_version)
    moment = at or timezone.now()
    role = access.role_of(by, locked)
    if role == Role.STRANGER:
        raise Refused("You may not write on this case.")
    is_ours = role != Role.CLIENT
    if not is_ours and not writing.is_automatic:
        _hear(locked, by=by, at=moment)
    message = add_message(
        locked, writing, by=by, visibility=Visibility.PUBLIC, is_ours=is_ours, at=moment
    )
    _note_answer(locked, is_ours=is_ours, is_automatic=writing.is_automatic, at=moment)
    clocks.follow_message(
        locked,
        is_ours=is_ours,
        is_public=True,
        is_automatic=writing.is_automatic,
        at=moment,
        by=by,
    )
    if is_ours and not writing.is_automatic and locked.current_state == State.NEW:
        moving.move_locked(locked, Move.TAKE_UP, by=by, at=moment)
    _tell(kinds.REPLIED, locked, message, by=by, at=moment)
    if then is not None:
        moving.move_locked(locked, then, by=by, at=moment, reason=reason)
    _save(locked, at=moment)
    return message


@transaction.atomic
def add_note(case: Case, writing: Writing, *, by: Actor, at: datetime | None = None) -> Message:
    """Add an internal note, which no client ever sees. Raises Refused with a sentence."""
    _require_words(writing)
    locked = Case.objects.locked_one(case.pk)
    if access.role_of(by, locked) not in {Role.AGENT, Role.LEAD, Role.SYSTEM}:
        raise Refused("Only our own people write internal notes.")
    require_going_on(locked)
    moment = at or timezone.now()
    message = add_message(
        locked, writing, by=by, visibility=Visibility.INTERNAL, is_ours=True, at=moment
    )
    _tell(kinds.NOTED, locked, message, by=by, at=moment)
    return message


def _require_words(writing: Writing) -> None:
    if not writing.text.strip() and not writing.html.strip() and not writing.files:
        raise Refused("Write something, or attach a file, before you send.")


def _require_version(case: Case, seen: int | None) -> None:
    if seen is not None and seen != case.version:
        raise CaseChanged(seen=seen, current=case.version)


def _hear(case: Case, *, by: Actor, at: datetime) -> None:
    """A client's message brings a waiting or ended case back; its promises follow in the door."""
    if case.current_state in {State.WAITING, State.RESOLVED, State.CLOSED}:
        moving.move_locked(case, Move.HEAR_FROM_CLIENT, by=by, at=at)


def _note_answer(case: Case, *, is_ours: bool, is_automatic: bool, at: datetime) -> None:
    if is_automatic:
        return
    if is_ours:
        case.first_answered_at = case.first_answered_at or at
        case.unanswered_since = None
    else:
        case.unanswered_since = case.unanswered_since or at


def _tell(kind: Kind, case: Case, message: Message, *, by: Actor, at: datetime) -> None:
    journal.write(
        kind,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at,
        data={
            "message": message.pk,
            "is_ours": message.is_ours,
            "is_automatic": message.is_automatic,
        },
    )


def _save(case: Case, *, at: datetime) -> None:
    case.version += 1
    case.updated_at = max(at, case.updated_at)
    case.save(update_fields=ROW)
