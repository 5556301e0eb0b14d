"""What the organisations of the demo hold, who takes calls, and some calls to look at."""

from datetime import UTC, date, datetime, time, timedelta

from cases.actions import indexing, opening
from cases.actions.refusing import Refused
from cases.calls import booking, concluding
from cases.calls.booking import Wish
from cases.calls.models import AgentHours, Call
from cases.calls.offering import offer
from cases.entitlements import granting
from cases.entitlements.models import AddOn, Entitlement, SupportPackage
from cases.models import Case, Channel
from cases.thread.adding import Writing
from helpdesk.people.actors import SYSTEM, Actor
from helpdesk.people.models import Organisation, Person

DAY = [["09:00", "12:30"], ["13:15", "16:30"]]
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)
PHONE = "+61 3 5550 0142"
HELD_BY = {
    "Premium": ("Acme", "Kauri Logistics", "Redwood Clinics"),
    "Essential": ("Globex", "Bluegum Council", "Harbour Foods"),
}


def make_calls(people: dict[str, Person], *, now: datetime) -> None:
    """Give packages and minutes, let three agents take calls, and play two calls of Carla."""
    _give(now=now)
    for name in ("ada", "ben", "mei"):
        AgentHours.objects.get_or_create(
            person=people[name], defaults={"time_zone": "Australia/Melbourne", "weekly": WEEK}
        )
    carla, ada = people["carla"], people["ada"]
    # Three weeks back, so that the outcome of the first stands on the statement.
    past = _booked(carla, "Help with the first import", now=now - timedelta(days=21))
    if past is not None:
        concluding.conclude(
            past,
            actual_minutes=20,
            outcome="We went through the column names; the import runs every night now.",
            by=Actor.of(ada),
            now=past.ends_at,
        )
    _booked(carla, "Which report shows the stock by region?", now=now)


def _give(*, now: datetime) -> None:
    premium, _ = SupportPackage.objects.get_or_create(
        name="Premium",
        defaults={
            "has_phone_support": True,
            "minutes_per_period": 120,
            "period": SupportPackage.Period.QUARTER,
            "description": "Everything in Essential, and two hours of calls every quarter.",
        },
    )
    essential, _ = SupportPackage.objects.get_or_create(
        name="Essential",
        defaults={"description": "Cases in the Help Center, by e-mail and by chat."},
    )
    consultation, _ = AddOn.objects.get_or_create(
        name="Support consultation",
        defaults={"description": "One hour with one of our people, to use within a year."},
    )
    since = now.date() - timedelta(days=40)
    for package in (premium, essential):
        for name in HELD_BY[package.name]:
            _begin(name, Entitlement(package=package, minutes=package.minutes_per_period), since)
    year = Entitlement(
        add_on=consultation,
        minutes=consultation.minutes,
        valid_until=since + timedelta(days=365),
    )
    _begin("Acme", year, since)


def _begin(name: str, entitlement: Entitlement, since: date) -> None:
    """Give it to the organisation of that name on its first day, unless it has it."""
    entitlement.organisation = Organisation.objects.get(name=name)
    entitlement.valid_from = since
    same = Entitlement.objects.filter(
        organisation=entitlement.organisation,
        package=entitlement.package,
        add_on=entitlement.add_on,
    )
    if not same.exists():
        morning = datetime.combine(since, time(hour=12), tzinfo=UTC)
        granting.begin(entitlement, by=SYSTEM, now=morning)


def _booked(client: Person, subject: str, *, now: datetime) -> Call | None:
    """A call at the first free time a day or more ahead; none where nothing is free."""
    case = _case(client, subject, now=now)
    indexing.reindex(case)
    found = offer(case, 30, now=now, start=now + timedelta(days=1), days=7)
    for slot in found.slots[2:3]:
        wish = Wish(starts_at=slot.starts_at, minutes=30, phone=PHONE, topic=subject)
        try:
            return booking.book(case, wish, client=client, by=Actor.of(client), now=now)
        except Refused:
            return None
    return None


def _case(client: Person, subject: str, *, now: datetime) -> Case:
    return opening.open_case(
        opening.Question(subject=subject),
        Writing(text="Easier to explain on the phone.", channel=Channel.PORTAL),
        client=client,
        by=Actor.of(client),
        at=now,
    )
