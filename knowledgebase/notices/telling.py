"""News by mail: each update goes to its subscribers in batches, exactly once to each.

The update is the work list. A batch is claimed, queued and marked in one transaction; a worker that
dies in between leaves both undone.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from helpdesk.design.words import when_words, zone_city
from helpdesk.mail.outbox import Automatic, Mailbox, Priority, queue
from helpdesk.mail.rendering import render
from helpdesk.people.zones import zone_of
from knowledgebase.notices.lifecycle import State
from knowledgebase.notices.models import Notice, Subscription, Update
from knowledgebase.notices.subscribing import leave_url

BATCH = 100
MOST_BATCHES = 50
KIND = "status_news"


def tell_subscribers(*, now: datetime) -> int:
    """Queue the mails of all updates that are not told yet; return how many were queued."""
    told = 0
    for _ in range(MOST_BATCHES):
        batch = _tell_batch(now)
        if batch is None:
            break
        told += batch
    return told


@transaction.atomic
def _tell_batch(now: datetime) -> int | None:
    """Claim one update and queue the next of its mails; None when nothing is left."""
    untold = Update.objects.filter(told_at=None).select_related("notice").order_by("pk")
    update = untold.select_for_update(skip_locked=True, of=("self",)).first()
    if update is None:
        return None
    subscribers = (
        Subscription.objects.confirmed()
        .for_notice(update.notice)
        .filter(pk__gt=update.told_upto, confirmed_at__lt=update.at)
        .select_related("person__organisation__region")
        .order_by("pk")[:BATCH]
    )
    rows = list(subscribers)
    products = ", ".join(update.notice.products.values_list("name", flat=True))
    for subscription in rows:
        _queue(update, subscription, products=products, now=now)
    if len(rows) < BATCH:
        update.told_at = now
    update.told_upto = rows[-1].pk if rows else update.told_upto
    update.save(update_fields=["told_upto", "told_at"])
    return len(rows)


def _queue(update: Update, subscription: Subscription, *, products: str, now: datetime) -> None:
    url = leave_url(subscription)
    values = {
        **_values(update, zone=zone_of(subscription.person), now=now),
        "products": products or "all products",
        "leave_url": url,
    }
    mail = render(KIND, values)
    queue(
        Mailbox(subscription.email),
        kind=KIND,
        key=f"{update.pk}:{subscription.pk}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        automatic=Automatic.GENERATED,
        priority=Priority.NOTICE,
        unsubscribe_url=url,
        subject_kind="notice",
        subject_id=update.notice_id,
    )


def _values(update: Update, *, zone: ZoneInfo, now: datetime) -> dict[str, str]:
    notice = update.notice
    return {
        "title": notice.title,
        "kind": notice.get_kind_display(),
        "state": State(update.state).label,
        "impact": notice.get_impact_display(),
        "text": update.text,
        "when": _times(notice, now=now, zone=zone),
        "notice_url": f"{settings.SITE_URL}{reverse('status:notice', args=[notice.pk])}",
    }


def _times(notice: Notice, *, now: datetime, zone: ZoneInfo) -> str:
    parts = [f"From {when_words(notice.starts_at, now=now, zone=zone)}"]
    end = notice.ended_at or notice.ends_at
    if end is not None:
        parts.append(f"to {when_words(end, now=now, zone=zone)}")
    return f"{' '.join(parts)} ({zone_city(zone)} time)"
