"""Where a message belongs after all: moved to another case, or split off into one of its own.

What is owed for it goes along (`sla.md` part 4, merge and split): moving can never win time.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import access, kinds
from cases.actions import joining, moving, opening
from cases.actions.refusing import Refused
from cases.lifecycle import ACTIVE, Move, Role, State
from cases.models import Case
from cases.sla import clocks
from cases.thread.adding import recount, take_over
from cases.thread.models import Message, Visibility
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.mail import ledger
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

ROW = [
    *moving.ROW,
    "message_count",
    "last_message_at",
    "last_message_by",
    "last_message_is_ours",
    "unanswered_since",
]


@transaction.atomic
def move_message(
    message: Message, *, to: Case, by: Actor, lets_in: bool = False, at: datetime | None = None
) -> Message:
    """Put a client's message on the case where it belongs; `lets_in` lets its author take part.

    A message of somebody who has no part in the case is kept there for our own people alone. A
    case that has nothing left is closed. Raises Refused with a sentence.
    """
    source, target = _locked(message.case_id, to.pk, by=by)
    moved = _movable(message)
    if target.current_state not in ACTIVE:
        raise Refused(
            f"Case {target.shown_number} has ended. Reopen it first, or give the message a case "
            "of its own."
        )
    moment = at or timezone.now()
    if lets_in and moved.author is not None:
        joining.join(target, moved.author, by=by, at=moment)
    was_owed = _is_owed(moved, source)
    take_over(moved, to=target, visibility=_visibility(moved, target))
    recount(source)
    due = _follow_leaving(moved, source, target, was_owed=was_owed, by=by, at=moment)
    _follow_coming(moved, target, due=due, was_owed=was_owed, by=by, at=moment)
    _tell(kinds.MESSAGE_LEFT, source, moved, other=target, by=by, at=moment)
    _tell(kinds.MESSAGE_CAME, target, moved, other=source, by=by, at=moment)
    _note_in_ledger(moved, target, by=by)
    _save(source, at=moment)
    _save(target, at=moment)
    return moved


@transaction.atomic
def split(message: Message, *, by: Actor, at: datetime | None = None) -> Case:
    """Open a case of its own for a client's message. Raises Refused with a sentence."""
    (source,) = _locked(message.case_id, by=by)
    moved = _movable(message)
    author = moved.author
    if author is None or not author.is_client or not moved.is_public:
        raise Refused("Only a message that a client wrote can become a case of its own.")
    if source.message_count < 2:
        raise Refused("This is the only message of its case, which is a case of its own already.")
    moment = at or timezone.now()
    was_owed = _is_owed(moved, source)
    moved.visibility = Visibility.INTERNAL
    moved.save(update_fields=["visibility"])
    recount(source)
    case = opening.open_around(
        opening.Question(
            subject=str(moved.evidence.get("subject") or source.subject),
            priority=source.priority,
            team=source.team,
            follows=source if access.may_see(author, source) else None,
        ),
        moved,
        client=author,
        by=by,
        at=moment,
        out_of=source,
        takes_unanswered=was_owed,
    )
    _tell(kinds.MESSAGE_LEFT, source, moved, other=case, by=by, at=moment)
    _note_in_ledger(moved, case, by=by)
    _save(source, at=moment)
    return case


def _locked(*pks: int, by: Actor) -> list[Case]:
    """The cases in the order asked for, locked in the order of all doors."""
    if len(set(pks)) < len(pks):
        raise Refused("The message is on this case already.")
    locked = {case.pk: case for case in Case.objects.locked(*pks)}
    cases = [locked[pk] for pk in pks]
    if any(access.role_of(by, case) not in {Role.AGENT, Role.LEAD} for case in cases):
        raise Refused("Only our own people say where a message belongs.")
    return cases


def _movable(message: Message) -> Message:
    fresh = Message.objects.select_related("author__organisation").get(pk=message.pk)
    if fresh.case_id != message.case_id:
        raise Refused("Somebody else has moved this message already.")
    if fresh.is_ours and fresh.inbound_mail_id is None:
        raise Refused("What we wrote stays where we wrote it: it was sent about that case.")
    return fresh


def _is_owed(message: Message, case: Case) -> bool:
    """Whether the message is among those on `case` that wait for an answer."""
    waits = case.unanswered_since is not None and message.at >= case.unanswered_since
    return waits and message.is_public and not message.is_ours and not message.is_automatic


def _visibility(message: Message, case: Case) -> Visibility:
    """A client's words are shown to the case's clients only if their author takes part."""
    if message.is_ours or message.author is None or not access.may_see(message.author, case):
        return Visibility.INTERNAL
    return Visibility.PUBLIC


def _follow_leaving(
    message: Message, source: Case, target: Case, *, was_owed: bool, by: Actor, at: datetime
) -> datetime | None:
    """Let the promises of `source` follow; return when the answer that goes along is due."""
    if source.message_count == 0 and source.current_state in ACTIVE:
        clocks.when_merged(source, into=target, at=at, by=by)
        reason = _words_for_client(source.client, target)
        moving.move_locked(source, Move.CLOSE, by=by, at=at, reason=reason)
        return None
    return _handed_over(source, by=by, at=at) if was_owed else None


def _handed_over(source: Case, *, by: Actor, at: datetime) -> datetime | None:
    return clocks.hand_over_response(
        source,
        keeps_own=source.unanswered_since is not None,
        at=at,
        by=by,
        why="The message that waited for it belongs to another case.",
    )


def _follow_coming(
    message: Message,
    target: Case,
    *,
    due: datetime | None,
    was_owed: bool,
    by: Actor,
    at: datetime,
) -> None:
    if not was_owed:
        return
    target.unanswered_since = min(target.unanswered_since or message.at, message.at)
    if target.current_state == State.WAITING:
        moving.move_locked(target, Move.HEAR_FROM_CLIENT, by=by, at=at)
    if due is not None:
        why = "A message that waits for an answer came from another case."
        clocks.owe_response(target, no_later_than=due, at=at, by=by, why=why)


def _words_for_client(client: Person, target: Case) -> str:
    if access.may_see(client, target):
        return f"Your message is now part of case {target.shown_number}."
    return "We go on with your message as part of another case."


def _tell(
    kind: Kind, case: Case, message: Message, *, other: Case, by: Actor, at: datetime
) -> None:
    journal.write(
        kind,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at,
        data={
            "message": message.pk,
            "author": message.author_label,
            "case": other.pk,
            "number": other.shown_number,
        },
    )


def _note_in_ledger(message: Message, case: Case, *, by: Actor) -> None:
    if message.inbound_mail_id is not None:
        what = f"moved to case {case.shown_number}"
        ledger.refile(message.inbound_mail_id, subject_id=case.pk, by=by, what=what)


def _save(case: Case, *, at: datetime) -> None:
    case.version += 1
    case.updated_at = max(at, case.updated_at)
    case.save(update_fields=ROW)
