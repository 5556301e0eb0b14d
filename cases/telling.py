"""Who of a case is told what, by mail, and in which words. Clients' messages leave elsewhere.

One mail a person and entry, whatever the number of reasons to tell them.
"""

from collections.abc import Iterable

from django.conf import settings

from cases.correspondence import (
    agent_token,
    case_token,
    from_name,
    is_live,
    mail_values,
    recipients_of,
)
from cases.lifecycle import State
from cases.models import Case, Participant, Priority
from cases.thread.models import Message
from helpdesk.journal.models import Entry
from helpdesk.mail.outbox import Automatic, Mailbox, queue
from helpdesk.mail.outbox import Priority as MailPriority
from helpdesk.mail.rendering import render
from helpdesk.markup.text import preview_of
from helpdesk.people.models import STAFF_ROLES, Person

PREVIEW = 300


def leads_of_critical(entry: Entry) -> None:
    """A critical case was opened: every lead hears of it at once."""
    case = _case_of(entry)
    if case.priority == Priority.CRITICAL:
        _tell_ours(entry, case, Person.objects.leads(), what="A critical case was opened.")


def leads_of_silence(entry: Entry) -> None:
    """Nobody who was called for a critical case acknowledged: every lead hears of it."""
    _tell_ours(entry, _case_of(entry), Person.objects.leads(), what=entry.sentence)


def ours_of_message(entry: Entry) -> None:
    """A client wrote: the assignee and those of ours who watch hear of it."""
    if entry.data.get("is_ours") or entry.data.get("is_automatic"):
        return
    message = Message.objects.get(pk=entry.data["message"])
    if is_live(message):
        return
    case = _case_of(entry)
    words = preview_of(message.text, length=PREVIEW)
    _tell_ours(entry, case, _ours_on(case), what=f"{entry.actor_label} wrote: {words}")


def new_assignee(entry: Entry) -> None:
    """Somebody was given the case by somebody else."""
    people = Person.objects.active().filter(pk=entry.data.get("assignee"))
    _tell_ours(entry, _case_of(entry), people, what=f"{entry.actor_label} gave you this case.")


def client_of_move(entry: Entry) -> None:
    """We resolved or closed the case without a word beside it: the client is told."""
    if entry.data.get("after") not in {State.RESOLVED, State.CLOSED}:
        return
    if entry.actor is None or not entry.actor.is_staff_member or _came_with_message(entry):
        return
    case = _case_of(entry)
    _tell_clients(entry, case, kind="case_moved", reason=entry.data.get("reason", ""))


def clients_of_merge(entry: Entry) -> None:
    """A case became part of another: everybody on the client's side of both hears of it once."""
    kept = Case.objects.for_rows().get(pk=entry.data["case"])
    case = _case_of(entry)
    values = {"old_number": case.shown_number, "old_subject": case.subject}
    _tell_clients(entry, kept, kind="case_merged", **values)


def client_of_priority(entry: Entry) -> None:
    """We changed the priority: the client reads from what, to what, and why."""
    if entry.actor is None or not entry.actor.is_staff_member:
        return
    case = _case_of(entry)
    _tell_clients(entry, case, kind="case_prioritised", what=entry.sentence)


def _case_of(entry: Entry) -> Case:
    return Case.objects.for_rows().get(pk=entry.subject_id)


def _came_with_message(entry: Entry) -> bool:
    """Whether an answer left in the same step: its mail says what happens next already."""
    return Entry.objects.filter(
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        kind="case.replied",
        at=entry.at,
    ).exists()


def _assignee(case: Case) -> list[Person]:
    return [case.assignee] if case.assignee is not None and case.assignee.is_active else []


def _ours_on(case: Case) -> Iterable[Person]:
    watching = Person.objects.active().filter(
        participations__case=case,
        participations__state=Participant.State.JOINED,
        role__in=sorted(STAFF_ROLES),
    )
    return {person.pk: person for person in (*_assignee(case), *watching)}.values()


def _tell_ours(entry: Entry, case: Case, people: Iterable[Person], *, what: str) -> None:
    for person in people:
        if person.pk != entry.actor_id:
            values = mail_values(case, what=what, how=_how_ours_answer())
            _queue(entry, case, person, kind="case_notice", values=values)


def _tell_clients(entry: Entry, case: Case, *, kind: str, **values: str) -> None:
    for person in recipients_of(case, but=entry.actor):
        _queue(entry, case, person, kind=kind, values=mail_values(case, **values))


def _queue(entry: Entry, case: Case, person: Person, *, kind: str, values: dict[str, str]) -> None:
    mail = render(kind, values, language=person.language)
    queue(
        Mailbox(person.email, person.name),
        kind=kind,
        key=f"entry:{entry.pk}:{person.pk}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=from_name(),
        thread=_thread(case, person),
        automatic=Automatic.GENERATED,
        priority=MailPriority.NOTICE,
        language=person.language,
        subject_kind="case",
        subject_id=case.pk,
    )


def _thread(case: Case, person: Person) -> str:
    """What a reply to the mail comes back for; replies of ours only where that is allowed."""
    if person.is_client:
        return case_token(case)
    return agent_token(case, person) if settings.MAIL_AGENTS_MAY_REPLY else ""


def _how_ours_answer() -> str:
    if settings.MAIL_AGENTS_MAY_REPLY:
        return "Answer in the console, or reply to this mail: what you write goes to the client."
    return "Answer in the console: a reply to this mail is not read."
