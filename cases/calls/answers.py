"""What a client's calendar answers to an invitation (RFC 5546, REPLY), when it comes by mail."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from icalendar import Calendar, Event

from cases.calls import kinds
from cases.calls.invitations import UID_PREFIX
from cases.calls.models import Call
from cases.calls.telling import tell
from cases.thread.models import Message, MessageFile
from helpdesk.attachments.models import StoredFile
from helpdesk.journal.models import Entry
from helpdesk.people.actors import SYSTEM

# An answer to one event has a few hundred bytes; more is none.
MOST_BYTES = 64_000
MOST_FILES = 5
ANSWERS = {
    "ACCEPTED": Call.Answer.ACCEPTED,
    "TENTATIVE": Call.Answer.TENTATIVE,
    "DECLINED": Call.Answer.DECLINED,
}


def hear(entry: Entry) -> None:
    """React to a message: note what the client's calendar answers to the call of this case.

    An answer moves nothing and cancels nothing: only the client does, who is told what it costs.
    """
    files = MessageFile.objects.filter(
        message=entry.data.get("message"),
        message__author__isnull=False,
        file__content_type="text/calendar",
        file__size__lte=MOST_BYTES,
    )
    for held in files.select_related("file", "message")[:MOST_FILES]:
        for event in _replies_in(held.file):
            _note(event, held.message)


def _replies_in(file: StoredFile) -> list[Event]:
    if file.is_held:
        return []
    with default_storage.open(file.key) as stored:
        content = stored.read()
    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError):
        return []
    return list(calendar.events) if calendar.get("METHOD") == "REPLY" else []


@transaction.atomic
def _note(event: Event, message: Message) -> None:
    """Take the answer of the invited client themselves, to the call as it is now."""
    call = _call_named(str(event.get("UID", "")), message)
    answer = _answer_of(event, call) if call is not None else None
    if call is None or answer is None or int(event.get("SEQUENCE", 0)) < call.sequence:
        return
    if call.answer != answer:
        Call.objects.filter(pk=call.pk).update(answer=answer)
        words = answer.label.lower()
        tell(
            kinds.ANSWERED,
            call,
            by=SYSTEM,
            at=timezone.now(),
            person=call.client.name,
            answer=words,
        )


def _call_named(uid: str, message: Message) -> Call | None:
    """The booked call of this very case that the writer of the message is invited to."""
    try:
        known = UUID(uid.removeprefix(UID_PREFIX).partition("@")[0])
    except ValueError:
        return None
    calls = Call.objects.booked().filter(uid=known, case=message.case_id, client=message.author_id)
    return calls.for_rows().select_for_update(of=("self",)).first()


def _answer_of(event: Event, call: Call) -> Call.Answer | None:
    attendees = event.get("ATTENDEE", [])
    for attendee in attendees if isinstance(attendees, list) else [attendees]:
        if str(attendee).lower() == f"mailto:{call.client.email.lower()}":
            return ANSWERS.get(str(attendee.params.get("PARTSTAT", "")))
    return None
