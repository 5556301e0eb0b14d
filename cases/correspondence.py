"""Mails about a case: who reads them, what they say of it, how replies find back."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from cases.lifecycle import State
from cases.models import Case, Participant
from cases.thread.models import Message
from helpdesk.people.models import CLIENT_ROLES, Person

# Of contacts who only ever called: no mail can be sent there (RFC 2606).
UNREACHABLE = ".invalid"
_AGENT_TOKEN = re.compile(r"c(\d{1,18})-p(\d{1,18})")
_NEXT = {
    State.NEW: "We have your case and answer as soon as we can.",
    State.OPEN: "We are working on it.",
    State.WAITING: "We wait for your answer: reply to this mail.",
    State.ON_HOLD: "We wait for our developers or a supplier, and keep you informed.",
    State.RESOLVED: "We believe that this is solved. If it is not, reply to this mail.",
    State.CLOSED: "This case is closed. A reply opens it again for a while.",
    State.SPAM: "",
    State.MERGED: "It goes on as part of another case of yours.",
}


# Marks on a message that came by chat (`chat/sayings.py`).
LIVE, VOUCHED = "live", "vouched"


def is_live(message: Message) -> bool:
    """Whether it was said in a chat: the chat itself mails what its reader did not see."""
    return bool(message.evidence.get(LIVE))


def from_name() -> str:
    return str(settings.MAIL_FROM_NAME)


def mail_values(case: Case, **more: str) -> dict[str, str]:
    """What the templates of case mails may fill in."""
    return {
        "number": case.shown_number,
        "subject": case.subject,
        "client": case.client.name,
        "next": _NEXT[case.current_state],
        "priority": case.get_priority_display(),
        "case_url": settings.SITE_URL + reverse("portal:case", args=[case.number]),
        "console_url": settings.SITE_URL + reverse("console:case", args=[case.number]),
        "site_name": settings.SITE_NAME,
        **more,
    }


def webhook_facts(case_id: int, *, is_ours: bool) -> dict[str, str | int] | None:
    """What a webhook says of a case; None when its organisation may not hear of it."""
    case = Case.objects.get(pk=case_id)
    if not is_ours and case.current_state == State.SPAM:
        return None
    return {
        "number": case.number,
        "subject": case.subject,
        "state": case.state,
        "priority": case.priority,
        "url": mail_values(case)["case_url" if not is_ours else "console_url"],
    }


def case_token(case: Case) -> str:
    """What stands for a case in signed addresses and Message-IDs."""
    return f"c{case.pk}"


def is_reachable(person: Person) -> bool:
    """Whether mail can be sent to somebody: not to a caller of whom only a number is known."""
    return not person.email.endswith(UNREACHABLE)


def agent_token(case: Case, agent: Person) -> str:
    """What stands for a case in the address to which one of ours, and nobody else, may answer."""
    return f"{case_token(case)}-p{agent.pk}"


@dataclass(frozen=True, slots=True)
class AgentToken:
    """Which case may be answered, and by whom."""

    case_id: int
    person_id: int


def read_agent_token(token: str) -> AgentToken | None:
    """What `agent_token` made, None for anything else. The caller has checked the signature."""
    match = _AGENT_TOKEN.fullmatch(token)
    return AgentToken(int(match[1]), int(match[2])) if match else None


def recipients_of(case: Case, *, but: Person | None) -> list[Person]:
    """The client and those who joined on the client's side; never anybody merely proposed."""
    joined = Person.objects.active().filter(
        participations__case=case,
        participations__state=Participant.State.JOINED,
        role__in=sorted(CLIENT_ROLES),
    )
    people = {person.pk: person for person in (case.client, *joined) if _is_mailed(person)}
    if but is not None:
        people.pop(but.pk, None)
    return list(people.values())


def _is_mailed(person: Person) -> bool:
    return person.is_active and is_reachable(person)
