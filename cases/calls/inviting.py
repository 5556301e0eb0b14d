"""Telling both sides of a call by mail, with the invitation, in the transaction of the change.

Each version of a call is one mail a person, keyed by its sequence: nobody is told twice.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from cases.calls.invitations import Guest, Invitation, Method, text_of
from cases.calls.models import Call
from cases.calls.rules import current_rules
from cases.correspondence import case_token, from_name, mail_values
from cases.sla.words import date_words
from helpdesk.mail.outbox import Automatic, CalendarPart, Mailbox, queue
from helpdesk.mail.outbox import Priority as MailPriority
from helpdesk.mail.rendering import render
from helpdesk.people.models import Person
from helpdesk.people.zones import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a mail about a call is: its kind for the client, and the sentence for the agent."""

    kind: str
    for_agent: str
    method: Method | None = Method.REQUEST
    reason: str = ""


def tell_both(call: Call, news: News, *, at: datetime) -> None:
    """Tell the client and the agent of a call what happened to it."""
    tell_client(call, news, at=at)
    tell_agent(call, call.agent, news, at=at)


def tell_client(call: Call, news: News, *, at: datetime) -> None:
    """Mail the client, with the invitation if the news has one."""
    if call.client.is_active:
        _queue(call, call.client, news.kind, news, at=at)


def tell_agent(call: Call, agent: Person, news: News, *, at: datetime) -> None:
    """Mail an agent: the one who makes the call, or who no longer does."""
    if agent.is_active:
        _queue(call, agent, "call_for_agent", news, at=at)


def when_words(call: Call, reader: Person) -> str:
    """When a call begins, by the reader's clock."""
    return date_words(call.starts_at, zone=zone_of(reader))


def _queue(call: Call, person: Person, kind: str, news: News, *, at: datetime) -> None:
    mail = render(kind, _values(call, person, news), language=person.language)
    case = call.case
    queue(
        Mailbox(person.email, person.name),
        kind=kind,
        key=f"call:{call.pk}:{call.sequence}:{person.pk}:{news.method or at.isoformat()}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=from_name(),
        thread=case_token(case) if person.is_client else "",
        automatic=Automatic.GENERATED,
        priority=MailPriority.NOTICE,
        language=person.language,
        subject_kind="case",
        subject_id=case.pk,
        calendar=_calendar(call, news, at=at) if news.method else None,
    )


def _values(call: Call, reader: Person, news: News) -> dict[str, str]:
    free_until = current_rules().free_until(call.starts_at)
    return mail_values(
        call.case,
        when=when_words(call, reader),
        minutes=str(call.minutes),
        agent=call.agent.name,
        caller=call.client.name,
        phone=call.phone,
        topic=call.topic,
        reason=news.reason,
        what=news.for_agent.format(when=when_words(call, reader), minutes=call.minutes),
        free_until=date_words(free_until, zone=zone_of(reader)),
        call_url=settings.SITE_URL + reverse("calls:call", args=[call.uid]),
        new_call_url=settings.SITE_URL + reverse("calls:new", args=[call.case.number]),
        agent_call_url=settings.SITE_URL + reverse("console-calls:call", args=[call.uid]),
    )


def _calendar(call: Call, news: News, *, at: datetime) -> CalendarPart:
    method = news.method or Method.REQUEST
    number = call.case.shown_number
    address = settings.SITE_URL + reverse("calls:call", args=[call.uid])
    invitation = Invitation(
        method=method,
        uid=call.uid,
        sequence=call.sequence,
        starts_at=call.starts_at,
        minutes=call.minutes,
        summary=f"Call about case {number}: {call.case.subject}",
        description=(
            f"{call.agent.name} calls {call.client.name} on {call.phone}.\n"
            + (f"{call.topic}\n" if call.topic else "")
            + f"Move or cancel it: {address}"
        ),
        location=f"By phone: {call.phone}",
        url=address,
        organiser=Guest(from_name(), settings.MAIL_SUPPORT_ADDRESS),
        guests=(
            Guest(call.client.name, call.client.email),
            Guest(call.agent.name, call.agent.email, has_agreed=True),
        ),
        booked_at=call.booked_at,
        written_at=at,
    )
    return CalendarPart(method.value, text_of(invitation, site_name=settings.SITE_NAME))
