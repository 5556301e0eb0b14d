"""Mails about missed promises: a level of a ladder, one piece of news, or a digest of many."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from cases.correspondence import from_name, mail_values
from cases.escalations.models import Escalation, PromiseNews
from cases.models import Case
from helpdesk.mail.outbox import Automatic, Mailbox, queue
from helpdesk.mail.outbox import Priority as MailPriority
from helpdesk.mail.rendering import render
from helpdesk.people.models import Person

MOST_LINES = 40


def tell_level(
    escalation: Escalation, people: Iterable[Person], *, number: int, now: datetime
) -> None:
    """Ask the people of a level to acknowledge; the button leads to a page, not to a deed."""
    case = escalation.case
    address = settings.SITE_URL + reverse("console:escalation", args=[case.number])
    values = mail_values(case, what=escalation.what, acknowledge_url=address)
    for person in people:
        key = f"escalation:{escalation.pk}:{number}:{now.isoformat()}:{person.pk}"
        _queue(person, "case_escalated", key, values, case=case)


def tell_one(news: PromiseNews) -> None:
    """One mail for one promise."""
    values = mail_values(news.case, what=news.entry.sentence)
    key = f"entry:{news.entry_id}:{news.person_id}"
    _queue(news.person, "case_notice", key, values, case=news.case)


def tell_many(person: Person, news: Sequence[PromiseNews]) -> None:
    """One mail for all of them, the missed and oldest first."""
    lines = [f"{one.case.shown_number} {one.case.subject}: {one.entry.sentence}" for one in news]
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"… and {len(lines) - MOST_LINES} more."]
    values = {
        "count": str(len(news)),
        "lines": "\n".join(lines),
        "queue_url": settings.SITE_URL + reverse("console:queue", args=["breaching"]),
    }
    _queue(person, "promises_digest", f"digest:{person.pk}:{news[0].pk}", values)


def _queue(
    person: Person, kind: str, key: str, values: dict[str, str], *, case: Case | None = None
) -> None:
    mail = render(kind, values, language=person.language)
    queue(
        Mailbox(person.email, person.name),
        kind=kind,
        key=key,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=from_name(),
        automatic=Automatic.GENERATED,
        priority=MailPriority.NOTICE,
        language=person.language,
        subject_kind="case" if case else "",
        subject_id=case.pk if case else None,
    )
