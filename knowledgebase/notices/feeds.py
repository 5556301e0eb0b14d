"""The status page for machines: Atom (RFC 4287) and iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import icalendar
from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from knowledgebase.notices.lifecycle import PLANNED_KINDS, State
from knowledgebase.notices.snapshot import Shown, Snapshot

MOST_ENTRIES = 50
REFRESH = timedelta(hours=1)
# RFC 5545 wants an end; a plan without one takes an hour in people's calendars.
UNKNOWN_LENGTH = timedelta(hours=1)


def atom(snapshot: Snapshot, *, page_url: str, feed_url: str) -> str:
    """Every notice, the one with the latest news first."""
    feed = Atom1Feed(
        title=f"{settings.SITE_NAME}: status",
        link=page_url,
        feed_url=feed_url,
        description="Maintenance, incidents and changed hours",
        feed_guid=feed_url,
    )
    latest = sorted(snapshot.notices, key=lambda one: one.updated_at, reverse=True)
    for notice in latest[:MOST_ENTRIES]:
        feed.add_item(
            title=f"{notice.state.label}: {notice.title}",
            link=f"{settings.SITE_URL}{notice.url}",
            description="".join(said.html for said in notice.updates),
            unique_id=f"{settings.SITE_URL}{notice.url}",
            pubdate=notice.starts_at,
            updateddate=notice.updated_at,
            categories=[notice.kind.label, *notice.products],
        )
    return str(feed.writeString("utf-8"))


def calendar(notices: Iterable[Shown], *, now: datetime) -> bytes:
    """Maintenance and changed hours as events that calendars subscribe to."""
    written = icalendar.Calendar()
    written.add("prodid", f"-//{settings.SITE_NAME}//Status//EN")
    written.add("version", "2.0")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", f"{settings.SITE_NAME}: status")
    written.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for notice in notices:
        if notice.kind in PLANNED_KINDS:
            written.add_component(_event(notice, now=now))
    return bytes(written.to_ical())


def _event(notice: Shown, *, now: datetime) -> icalendar.Event:
    host = settings.MAIL_SUPPORT_ADDRESS.rpartition("@")[2]
    end = notice.ended_at or notice.ends_at or notice.starts_at + UNKNOWN_LENGTH
    event = icalendar.Event()
    event.add("uid", f"notice-{notice.pk}@{host}")
    event.add("dtstamp", now)
    event.add("last-modified", notice.updated_at)
    event.add("sequence", notice.revision)
    event.add("dtstart", notice.starts_at)
    event.add("dtend", max(end, notice.starts_at + timedelta(minutes=1)))
    event.add("summary", notice.title)
    event.add("description", f"{notice.state.label}. {notice.impact.label}. {notice.summary}")
    event.add("url", f"{settings.SITE_URL}{notice.url}")
    event.add("status", "CANCELLED" if notice.state == State.CANCELLED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
