"""A few chats to look at: one waits, one is in talk, one has ended."""

from datetime import datetime, timedelta

from chat.actions.ending import end
from chat.actions.handing_over import accept
from chat.actions.saying import Saying, say_as_agent, say_as_client
from chat.actions.starting import Beginning, start
from chat.filing import file_lines
from chat.identity.visiting import open_anonymous
from chat.models import Conversation, Site, Visit
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person


def play(people: dict[str, Person], *, now: datetime) -> None:
    """Let Carla and Gil talk with Ada, and let a visitor wait, in the last half hour."""
    site, ada = Site.objects.get(key="help-center"), people["ada"]
    ended = _begin(_visit(site, people["carla"], at=now), "Where do I find last month’s invoices?")
    accept(ended, by=ada, at=now)
    _answer(ended, ada, "Under Billing, Invoices, then choose the month.")
    end(ended, who=Conversation.EndedBy.AGENT, by=Actor.of(ada))
    talk = _begin(_visit(site, people["gil"], at=now), "The export stops at 10,000 rows.")
    accept(talk, by=ada, at=now)
    _answer(talk, ada, "Looks like the limit of their package.", is_whisper=True)
    _answer(talk, ada, "I look at it. Which format do you export to?")
    say_as_client(talk, Saying(text="CSV.", client_id="demo-csv-line"), visit=talk.visit)
    for conversation in (ended, talk):
        file_lines(conversation.pk)
    guest = open_anonymous(site, name="Noor Haddad", email="noor@home.example", at=now).visit
    _begin(guest, "Do you have a price list for schools?")


def _visit(site: Site, person: Person, *, at: datetime) -> Visit:
    """As a page vouches for somebody; nobody holds its secret."""
    return Visit.objects.create(
        site=site,
        secret_hash=f"demo {person.pk}",
        person=person,
        session_epoch=person.session_epoch,
        name=person.name,
        email=person.email,
        created_at=at,
        expires_at=at + timedelta(hours=12),
    )


def _begin(visit: Visit, text: str) -> Conversation:
    first = Saying(text=text, client_id=f"demo-first-{visit.pk}")
    return start(visit, Beginning(saying=first, is_live=True))


def _answer(conversation: Conversation, by: Person, text: str, *, is_whisper: bool = False) -> None:
    saying = Saying(text=text, client_id=f"demo-{conversation.pk}-{text[:20]}")
    say_as_agent(conversation, saying, by=by, is_whisper=is_whisper)
