"""Opening a case: every contact becomes one, with its number, at once."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import kinds
from cases.actions.refusing import Refused
from cases.models import Case, CaseType, Category, Characteristic, Priority
from cases.sla import clocks
from cases.thread.adding import Writing, add_message, take_over
from cases.thread.models import Message, Visibility
from helpdesk.journal import writing as journal
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a case is opened with, beside the words of its first message."""

    subject: str
    type: str = CaseType.QUESTION
    category: Category | None = None
    priority: str = Priority.MEDIUM
    characteristics: tuple[str, ...] = field(default=())
    url: str = ""
    team: Team | None = None
    follows: Case | None = None


@transaction.atomic
def open_case(
    question: Question,
    writing: Writing,
    *,
    client: Person,
    by: Actor,
    at: datetime | None = None,
    is_ours: bool = False,
) -> Case:
    """Open a case for `client` and start its promises.

    `at` is the receipt by our server (now, unless a queue was in between); `is_ours` says that
    somebody of ours writes to the client first. Raises Refused with a sentence.
    """
    moment = at or timezone.now()
    is_unanswered = not is_ours and not writing.is_automatic
    case = _made(
        question,
        channel=writing.channel,
        client=client,
        label=by.label,
        at=moment,
        unanswered_since=moment if is_unanswered else None,
        first_answered_at=moment if is_ours else None,
    )
    message = add_message(
        case, writing, by=by, visibility=Visibility.PUBLIC, is_ours=is_ours, at=moment
    )
    clocks.start(case, at=moment, by=by, is_ours=is_ours)
    case.save()
    _tell(case, message, by=by, at=moment)
    return case


@transaction.atomic
def open_around(
    question: Question,
    message: Message,
    *,
    client: Person,
    by: Actor,
    at: datetime,
    out_of: Case,
    takes_unanswered: bool,
) -> Case:
    """Open a case for a client's message that left `out_of`, which the caller locked and saves.

    Its promises start at `at`; `takes_unanswered` says that the message waits for an answer, which
    stays owed no later than it was. Raises Refused with a sentence.
    """
    case = _made(
        question,
        channel=message.channel,
        client=client,
        label=message.author_label,
        at=at,
        unanswered_since=message.at,
    )
    take_over(message, to=case, visibility=Visibility.PUBLIC)
    clocks.when_split(
        out_of,
        into=case,
        at=at,
        by=by,
        takes_unanswered=takes_unanswered,
        is_still_unanswered=out_of.unanswered_since is not None,
    )
    case.save()
    _tell(case, message, by=by, at=at)
    return case


def _made(
    question: Question,
    *,
    channel: str,
    client: Person,
    label: str,
    at: datetime,
    unanswered_since: datetime | None = None,
    first_answered_at: datetime | None = None,
) -> Case:
    _check(question)
    return Case.objects.create(
        subject=_one_line(question.subject),
        type=question.type,
        category=question.category,
        priority=question.priority,
        characteristics=list(question.characteristics),
        url=question.url,
        channel=channel,
        client=client,
        organisation=client.organisation,
        team=question.team,
        follows=question.follows,
        created_at=at,
        updated_at=at,
        last_message_at=at,
        last_message_by=label[:200],
        unanswered_since=unanswered_since,
        first_answered_at=first_answered_at,
    )


def _tell(case: Case, message: Message, *, by: Actor, at: datetime) -> None:
    journal.write(
        kinds.OPENED,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=at,
        data={
            "message": message.pk,
            "channel": case.channel,
            "priority": case.priority,
            "is_ours": message.is_ours,
            "is_automatic": message.is_automatic,
        },
    )


def _check(question: Question) -> None:
    if not question.subject.strip():
        raise Refused("Give the case a subject: a few words that say what it is about.")
    unknown = set(question.characteristics) - set(Characteristic.values)
    if unknown:
        raise Refused("Choose from the three characteristics of a critical case.")


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:250]
