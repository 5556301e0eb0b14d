"""What clients read and share in the demo: products, notices, training, a user group."""

from datetime import datetime, timedelta

from helpdesk.calendars.models import Region
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.community.actions import joining, writing
from knowledgebase.community.models import Group
from knowledgebase.notices.actions import planning as maintaining
from knowledgebase.notices.actions import posting
from knowledgebase.notices.actions.posting import Draft
from knowledgebase.notices.lifecycle import Impact, Kind, State
from knowledgebase.notices.models import Product
from knowledgebase.training.actions import planning
from knowledgebase.training.actions.registering import register
from knowledgebase.training.models import Event

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PHONES = {"au-vic": "+61 3 5550 0100", "au-nsw": "+61 2 5550 0100", "nz": "+64 9 555 0100"}


def share(people: dict[str, Person], *, now: datetime) -> None:
    """Fill the status page, the training calendar and the groups."""
    for code, phone in PHONES.items():
        Region.objects.filter(code=code, emergency_phone="").update(emergency_phone=phone)
    _status(by=Actor.of(people["ada"]), now=now)
    _training(people, now=now)
    _groups(people, now=now)


def _status(*, by: Actor, now: datetime) -> None:
    reports, shop = (
        Product.objects.get_or_create(name=name, defaults={"description": words})[0]
        for name, words in (("Reports", "Figures and exports"), ("Web shop", "Orders and stock"))
    )
    planned = Draft(
        kind=Kind.MAINTENANCE,
        title="Database upgrade",
        text="We upgrade the database. Reports cannot be run while this lasts.",
        starts_at=now + 2 * DAY,
        ends_at=now + 2 * DAY + 2 * HOUR,
        impact=Impact.PARTIAL,
        products=[reports],
        remind_at=now + DAY,
    )
    posting.post(planned, by=by, at=now - HOUR)
    for days, hours, impact, product in (
        (9, 3, Impact.DEGRADED, reports),
        (33, 1, Impact.OUTAGE, shop),
        (61, 5, Impact.PARTIAL, shop),
    ):
        begun = now - days * DAY
        broken = posting.post(
            Draft(
                kind=Kind.INCIDENT,
                title=f"{product.name} slow or away",
                text="We see it too and look for the cause.",
                starts_at=begun,
                impact=impact,
                products=[product],
            ),
            by=by,
            at=begun,
        )
        posting.say(
            broken,
            "The cause is mended and everything works.",
            by=by,
            state=State.RESOLVED,
            at=begun + hours * HOUR,
        )
    done = posting.post(
        Draft(
            kind=Kind.MAINTENANCE,
            title="New payment terminals",
            text="Nothing is interrupted.",
            starts_at=now - 20 * DAY,
            ends_at=now - 20 * DAY + HOUR,
        ),
        by=by,
        at=now - 21 * DAY,
    )
    maintaining.start(done, by=by, at=now - 20 * DAY)
    maintaining.complete(done, by=by, at=now - 20 * DAY + HOUR)


def _training(people: dict[str, Person], *, now: datetime) -> None:
    by = Actor.of(people["ada"])
    for title, days, capacity in (
        ("Reports from scratch", 6, 2),
        ("Stock in several shops", 13, None),
        ("Questions and answers", 27, 30),
    ):
        starts_at = (now + days * DAY).replace(minute=0, second=0, microsecond=0)
        event = Event(
            title=title,
            description="An hour with examples of your own. Bring your questions.",
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
            place="Online",
            join_url="https://meet.example/waratah",
            trainer="Mei Tanaka",
            capacity=capacity,
        )
        planning.plan(event, regions=(), by=by, at=now)
        for username in ("gil", "priya", "oscar"):
            register(event, people[username], by=Actor.of(people[username]), at=now)


def _groups(people: dict[str, Person], *, now: datetime) -> None:
    reports = Group.objects.create(
        slug="reports", name="Reports", description="Figures, exports, and what they mean."
    )
    Group.objects.create(
        slug="api", name="API builders", description="For those who connect other software."
    )
    Group.objects.create(
        slug="beta",
        name="Beta testers",
        description="What comes next, before it comes.",
        access=Group.Access.PRIVATE,
    )
    for username in ("carla", "gil", "aroha", "sofia"):
        joining.join(reports, people[username], by=Actor.of(people[username]), at=now)
    topic = writing.begin(
        reports,
        title="Totals by month",
        text="How do I get totals by month instead of by week?",
        author=people["gil"],
        at=now - 2 * DAY,
    )
    answer = writing.reply(
        topic,
        "Choose the month first, then the total. @gil-tran, does that help?",
        author=people["aroha"],
        at=now - DAY,
    )
    writing.mark_solved(topic, answer, by=Actor.of(people["gil"]), at=now - DAY)
