"""Whether somebody answers now, when we are back, and how long an answer takes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import F

from chat import presence
from chat.allotting.models import Rule
from chat.models import Availability, Conversation, Site
from helpdesk.calendars.models import Calendar
from helpdesk.calendars.opening import status_of
from helpdesk.people.models import Person

MEASURED = timedelta(hours=1)
MOST_MEASURED = 200
NOBODY = "Nobody is at the chat right now"
MANY = "Many people are waiting right now"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the pop-up says of us now.

    `is_live`: a message is answered in the chat; otherwise it is taken as a case, and `sentence`
    says why and when we are back. `reply_seconds`: the middle waiting time of the last hour.
    """

    is_live: bool
    is_open: bool
    sentence: str
    opens_at: datetime | None
    reply_seconds: int | None


def standing_of(site: Site, *, now: datetime, reader_zone: str) -> Standing:
    """How things stand at `site` for a reader in `reader_zone`."""
    calendar = calendar_of(site)
    if calendar is None:
        return Standing(False, False, "We answer by e-mail.", None, None)
    status = status_of(calendar, now=now, reader_zone=reader_zone)
    sentence, is_live = status.sentence, status.is_open
    if is_live and not agents_here():
        sentence, is_live = NOBODY, False
    elif is_live and _is_full(site):
        sentence, is_live = _full_sentence(site), False
    reply = reply_seconds(now=now) if is_live else None
    return Standing(is_live, status.is_open, sentence, status.opens_at, reply)


def calendar_of(site: Site) -> Calendar | None:
    """The chat hours of a site: its own, else the first calendar for chat."""
    if site.calendar is not None:
        return site.calendar
    return Calendar.objects.filter(purpose=Calendar.Purpose.CHAT).order_by("pk").first()


def agents_here() -> set[int]:
    """Our people who have the inbox open and are not away."""
    away = Availability.objects.filter(is_away=True).values("person")
    pks = list(Person.objects.staff().exclude(pk__in=away).values_list("pk", flat=True))
    found = presence.here(presence.of_agent(pk) for pk in pks)
    return {pk for pk in pks if presence.of_agent(pk) in found}


def reply_seconds(*, now: datetime) -> int | None:
    """The median time to the first reply over the last hour; None where nothing was measured."""
    answered = Conversation.objects.filter(
        first_answered_at__gt=now - MEASURED, is_measured=True
    ).order_by("-first_answered_at")
    waits = answered.values_list(F("first_answered_at") - F("created_at"), flat=True)
    seconds = [wait.total_seconds() for wait in waits[:MOST_MEASURED]]
    return round(median(seconds)) if seconds else None


def _is_full(site: Site) -> bool:
    waiting = Conversation.objects.waiting().filter(site=site)[: site.most_waiting]
    return waiting.count() >= site.most_waiting


def _full_sentence(site: Site) -> str:
    rule = Rule.objects.filter(site=site).first()
    return (rule.full_sentence if rule else "") or MANY
