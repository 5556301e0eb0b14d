"""All that the status page shows, as plain values that outlive an outage of the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from helpdesk.markup.text import html_of_text, preview_of
from knowledgebase.notices.history import Day, Held, days_of
from knowledgebase.notices.lifecycle import ENDED, Impact, Kind, State
from knowledgebase.notices.models import Notice, Product, Update

HISTORY_DAYS = 90
RECENT = timedelta(days=14)
MOST_NOTICES = 300
PREVIEW = 240


@dataclass(frozen=True, slots=True)
class Said:
    """One update, its words as clean HTML."""

    state: State
    html: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice as its readers see it; `updates` has the newest first.

    `organisation_ids` are those who use its products; None means everybody, as no regions do.
    """

    pk: int
    kind: Kind
    state: State
    impact: Impact
    title: str
    starts_at: datetime
    ends_at: datetime | None
    ended_at: datetime | None
    updated_at: datetime
    revision: int
    products: tuple[str, ...]
    regions: tuple[str, ...]
    region_ids: frozenset[int]
    organisation_ids: frozenset[int] | None
    updates: tuple[Said, ...]

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def is_ahead(self) -> bool:
        return self.state == State.SCHEDULED

    @property
    def is_now(self) -> bool:
        return self.is_open and not self.is_ahead

    @property
    def url(self) -> str:
        return reverse("status:notice", args=[self.pk])

    @property
    def summary(self) -> str:
        """Its latest words, in one line."""
        return preview_of(self.updates[0].text, length=PREVIEW) if self.updates else ""

    @property
    def tone(self) -> str:
        """Which kind of banner it makes."""
        if self.is_ahead or self.kind == Kind.HOURS or self.impact == Impact.NONE:
            return "info"
        return "critical" if self.impact >= Impact.PARTIAL else "warning"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the history: everything together, or one product."""

    anchor: str
    name: str
    description: str
    now: Impact
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The status at a time. `is_stale`: the database does not answer, this is how it was."""

    made_at: datetime
    notices: tuple[Shown, ...]
    rows: tuple[Row, ...]
    is_stale: bool = field(default=False)

    @property
    def current(self) -> list[Shown]:
        """What holds now, the worst first."""
        return sorted((one for one in self.notices if one.is_now), key=lambda one: -one.impact)

    @property
    def ahead(self) -> list[Shown]:
        """What is planned, the soonest first."""
        ahead = (one for one in self.notices if one.is_ahead)
        return sorted(ahead, key=lambda one: one.starts_at)

    @property
    def recent(self) -> list[Shown]:
        """What ended of late, the latest first."""
        since = self.made_at - RECENT
        over = [one for one in self.notices if one.ended_at and one.ended_at > since]
        return sorted(over, key=lambda one: one.ended_at or since, reverse=True)

    @property
    def impact(self) -> Impact:
        """The worst of what holds now."""
        return max((one.impact for one in self.current), default=Impact.NONE)

    def find(self, pk: int) -> Shown | None:
        return next((one for one in self.notices if one.pk == pk), None)


def snapshot_now(*, now: datetime) -> Snapshot:
    """Read the status from the database, in a handful of queries."""
    since = now - timedelta(days=HISTORY_DAYS)
    notices = for_showing(Notice.objects.touching(since=since).order_by("-updated_at", "-pk"))
    shown = tuple(shown_of(one) for one in notices[:MOST_NOTICES])
    products = list(Product.objects.filter(is_shown=True))
    held = [one for one in shown if one.state != State.CANCELLED]
    return Snapshot(now, shown, tuple(_rows(held, products, now=now)))


def for_showing(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Everything that a notice shows, in a fixed number of queries."""
    updates = Update.objects.exclude(reason=Update.Reason.REMINDED).order_by("-at", "-pk")
    return notices.prefetch_related(
        Prefetch("updates", queryset=updates), "products__organisations", "regions"
    )


def shown_of(notice: Notice) -> Shown:
    """A notice as plain values."""
    products = list(notice.products.all())
    users = [{one.pk for one in product.organisations.all()} for product in products]
    regions = list(notice.regions.all())
    return Shown(
        pk=notice.pk,
        kind=Kind(notice.kind),
        state=State(notice.state),
        impact=Impact(notice.impact),
        title=notice.title,
        starts_at=notice.starts_at,
        ends_at=notice.ends_at,
        ended_at=notice.ended_at,
        updated_at=notice.updated_at,
        revision=notice.revision,
        products=tuple(product.name for product in products),
        regions=tuple(region.name for region in regions),
        region_ids=frozenset(region.pk for region in regions),
        organisation_ids=frozenset().union(*users) if users and all(users) else None,
        updates=tuple(_said(update) for update in notice.updates.all()),
    )


def _said(update: Update) -> Said:
    return Said(State(update.state), html_of_text(update.text).html, update.text, update.at)


def _rows(shown: list[Shown], products: list[Product], *, now: datetime) -> Iterator[Row]:
    yield _row("history", "All products", "", shown, now=now)
    for product in products:
        # What names no product concerns each of them.
        own = [one for one in shown if not one.products or product.name in one.products]
        yield _row(f"history-{product.pk}", product.name, product.description, own, now=now)


def _row(anchor: str, name: str, description: str, shown: list[Shown], *, now: datetime) -> Row:
    counted = [one for one in shown if one.kind != Kind.HOURS and one.starts_at <= now]
    held = [Held(one.starts_at, one.ended_at, one.impact, one.title, one.pk) for one in counted]
    worst = max((one.impact for one in counted if one.is_now), default=Impact.NONE)
    zone = ZoneInfo(settings.DESK_TIME_ZONE)
    days = days_of(held, now=now, zone=zone, count=HISTORY_DAYS)
    return Row(anchor, name, description, worst, days)
