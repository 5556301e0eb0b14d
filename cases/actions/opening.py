"""Opening a case: every contact becomes one, with its number, at once."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases import kinds
from cases.actions.refusing import Refused
from cases.models import Case, CaseType, Category, Characteristic, Priority
from cases.sla import clocks
from cases.thread.adding import Writing, add_message
from cases.thread.models import Visibility
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
    _check(question)
    moment = at or timezone.now()
    case = Case.objects.create(
        subject=_one_line(question.subject),
        type=question.type,
        category=question.category,
        priority=question.priority,
        characteristics=list(question.characteristics),
        url=question.url,
        channel=writing.channel,
        client=client,
        organisation=client.organisation,
        team=question.team,
        follows=question.follows,
        created_at=moment,
        updated_at=moment,
        last_message_at=moment,
        last_message_by=by.label[:200],
        unanswered_since=None if is_ours or writing.is_automatic else moment,
        first_answered_at=moment if is_ours else None,
    )
    message = add_message(
        case, writing, by=by, visibility=Visibility.PUBLIC, is_ours=is_ours, at=moment
    )
    clocks.start(case, at=moment, by=by, is_ours=is_ours)
    case.save()
    journal.write(
        kinds.OPENED,
        subject_kind=kinds.SUBJECT,
        subject_id=case.pk,
        organisation_id=case.organisation_id,
        by=by,
        at=moment,
        data={
            "message": message.pk,
            "channel": writing.channel,
            "priority": case.priority,
            "is_ours": is_ours,
            "is_automatic": writing.is_automatic,
        },
    )
    return case


def _check(question: Question) -> None:
    if not question.subject.strip():
        raise Refused("Give the case a subject: a few words that say what it is about.")
    unknown = set(question.characteristics) - set(Characteristic.values)
    if unknown:
        raise Refused("Choose from the three characteristics of a critical case.")


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:250]
