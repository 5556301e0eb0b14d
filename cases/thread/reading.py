"""A thread as one person may read it: messages and news, in one order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge

from django.db.models import Count, Prefetch, Q, Window

from cases import access, kinds
from cases.models import Case
from cases.thread.models import Message, MessageFile
from helpdesk.journal.models import Entry
from helpdesk.journal.timeline import timeline
from helpdesk.people.models import Person

MOST_SHOWN = 50
# Told by the messages themselves, or of no interest between them.
_SHOWN_AS_MESSAGES = {kinds.OPENED.name, kinds.REPLIED.name, kinds.NOTED.name}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the thread: either a message or an entry of the journal."""

    at: datetime
    message: Message | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """The newest part of a thread, oldest first; `earlier` says how many messages came before."""

    moments: list[Moment]
    earlier: int


def thread_of(case: Case, *, reader: Person, everything: bool = False) -> Thread:
    """The messages and news of a visible case that `reader` may read, in three statements.

    Long threads show their newest `MOST_SHOWN` messages and how many came before, unless
    `everything` is asked for. What a mail looked like (`html`) is not read, only whether there is
    such a thing (`has_html`).
    """
    readable = case.messages.readable_by(reader)
    files = Prefetch("files", MessageFile.objects.select_related("file"))
    counted = readable.annotate(readable_count=Window(Count("pk")), has_html=~Q(html=""))
    newest = counted.defer("html").order_by("-at", "-id").prefetch_related(files)
    messages = list(newest if everything else newest[:MOST_SHOWN])[::-1]
    hidden = vars(messages[0])["readable_count"] - len(messages) if messages else 0
    since = messages[0].at if hidden else None
    moments = list(merge(_said(messages), _happened(case, reader, since), key=_at))
    return Thread(moments, hidden)


def _said(messages: list[Message]) -> Iterator[Moment]:
    for message in messages:
        yield Moment(message.at, message=message)


def _happened(case: Case, reader: Person, since: datetime | None) -> Iterator[Moment]:
    entries = timeline(
        subject_kind=kinds.SUBJECT, subject_id=case.pk, audiences=access.audiences_of(reader)
    ).exclude(kind__in=_SHOWN_AS_MESSAGES)
    if since is not None:
        entries = entries.filter(at__gte=since)
    for entry in entries.order_by("at", "id"):
        yield Moment(entry.at, entry=entry)


def _at(moment: Moment) -> datetime:
    return moment.at
