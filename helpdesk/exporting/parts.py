"""What the floor keeps of a person: who they are, and the mails that went to them."""

from collections.abc import Iterator
from typing import Any

from allauth.usersessions.models import UserSession

from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person


def profile(person: Person) -> Iterator[dict[str, Any]]:
    """The person as the desk knows them."""
    yield {
        "user_name": person.username,
        "name": person.full_name,
        "email": person.email,
        "phone": person.phone,
        "role": person.role,
        "organisation": str(person.organisation or ""),
        "time_zone": person.time_zone,
        "language": person.language,
        "joined_at": person.date_joined,
    }


def sessions(person: Person) -> Iterator[dict[str, Any]]:
    """Where they are signed in."""
    for one in UserSession.objects.filter(user=person).order_by("pk").iterator():
        yield {"since": one.created_at, "browser": one.user_agent, "place": one.ip}


def mails(person: Person) -> Iterator[dict[str, Any]]:
    """Mails that were sent to them; links that are as good as a password are left out."""
    sent = OutboundMail.objects.filter(to_key=person.email.lower(), is_private=False)
    for one in sent.order_by("pk").iterator():
        yield {"at": one.created_at, "subject": one.subject, "text": one.text, "state": one.state}
