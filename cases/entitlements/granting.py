"""Giving organisations packages and add-ons, granting their minutes, and what expires by itself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.db.models import Q

from cases.entitlements import ledger
from cases.entitlements.models import Book, Entitlement, Grant
from cases.entitlements.periods import earlier, period_start, start_of_day
from helpdesk.people.actors import SYSTEM, Actor

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 500


class EntitlementRefused(Exception):
    """It cannot be given like this; the message is a sentence for the administrator."""


@transaction.atomic
def begin(entitlement: Entitlement, *, by: Actor, now: datetime) -> Entitlement:
    """Save a new entitlement and grant what has begun.

    Raises EntitlementRefused when the organisation holds the same package on one of these days.
    """
    # The book stands for the organisation: two administrators cannot both find it free.
    ledger.locked_book(entitlement.organisation_id)
    refuse_overlap(entitlement)
    organisation = entitlement.organisation
    entitlement.zone = organisation.time_zone or organisation.region.time_zone
    entitlement.starts_at = start_of_day(entitlement.valid_from, zone=entitlement.zone)
    entitlement.ends_at = _end_of(entitlement.valid_until, zone=entitlement.zone)
    entitlement.next_grant_at = entitlement.starts_at if entitlement.minutes else None
    entitlement.created_by = by.label[:200]
    entitlement.save()
    _grant_what_is_due(entitlement, by=by, now=now)
    return entitlement


@transaction.atomic
def change_end(
    entitlement: Entitlement, valid_until: date | None, *, by: Actor, now: datetime
) -> Entitlement:
    """End it on another day, or let it run on. What may no longer be booked expires at once.

    Minutes that are held for calls stay held. Raises EntitlementRefused for an overlap.
    """
    # The entitlement before the book, as the sweep does it.
    locked = Entitlement.objects.select_for_update(of=("self",)).get(pk=entitlement.pk)
    ledger.locked_book(locked.organisation_id)
    locked.valid_until = valid_until
    refuse_overlap(locked)
    locked.ends_at = _end_of(valid_until, zone=locked.zone)
    locked.next_grant_at = _next_start(locked) if locked.minutes else None
    locked.save(update_fields=["valid_until", "ends_at", "next_grant_at"])
    for grant in locked.grants.all():
        grant.expires_at = earlier(grant.period_ends_at, locked.ends_at)
        grant.save(update_fields=["expires_at"])
    _grant_what_is_due(locked, by=by, now=now)
    ledger.expire(locked.organisation_id, now=now)
    return locked


def refuse_overlap(entitlement: Entitlement) -> None:
    """Raise EntitlementRefused if the same package is held already on one of these days.

    Different packages may run side by side: the organisation then has the best of each.
    """
    if entitlement.package_id is None:
        return
    others = Entitlement.objects.filter(
        organisation=entitlement.organisation_id, package=entitlement.package_id
    ).exclude(pk=entitlement.pk)
    after = others.filter(Q(valid_until=None) | Q(valid_until__gte=entitlement.valid_from))
    if entitlement.valid_until is not None:
        after = after.filter(valid_from__lte=entitlement.valid_until)
    other = after.select_related("organisation", "package", "add_on").first()
    if other is not None:
        until = f"to {other.valid_until:%-d %B %Y}" if other.valid_until else "without an end"
        raise EntitlementRefused(
            f"{other.organisation} holds {other.name} from {other.valid_from:%-d %B %Y} "
            f"{until}. End that one first, or choose other days."
        )


def grant_what_is_due(*, now: datetime) -> int:
    """Grant the minutes of every period that has begun; return how many entitlements moved on.

    Claimed one by one with SKIP LOCKED: any number of workers do each once. One that fails is
    logged and waits for the next sweep, the others go on.
    """
    done, last = 0, 0
    while done < MOST_AT_ONCE:
        with transaction.atomic():
            claimed = (
                Entitlement.objects.with_minutes_to_grant(now)
                .filter(pk__gt=last)
                .select_for_update(of=("self",), skip_locked=True)
                .select_related("package", "add_on", "organisation")
                .order_by("pk")
                .first()
            )
            if claimed is None:
                return done
            last = claimed.pk
            done += _tried(claimed, now=now)
    return done


def expire_what_is_over(*, now: datetime) -> int:
    """Expire minutes whose time is over, book by book; return how many minutes."""
    total, last = 0, 0
    while True:
        with transaction.atomic():
            over = Grant.objects.to_expire(now).order_by().values("organisation")
            book = (
                Book.objects.filter(pk__in=over, pk__gt=last)
                .select_for_update(skip_locked=True)
                .order_by("pk")
                .first()
            )
            if book is None:
                return total
            last = book.pk
            total += _tried_to_expire(book, now=now)


def _tried_to_expire(book: Book, *, now: datetime) -> int:
    try:
        return ledger.expire(book.pk, now=now)
    except Exception:
        log.exception("entitlements.expiry_failed", organisation=book.pk)
        return 0


def _tried(entitlement: Entitlement, *, now: datetime) -> int:
    try:
        with transaction.atomic():
            _grant_what_is_due(entitlement, by=SYSTEM, now=now)
    except Exception:
        log.exception("entitlements.grant_failed", entitlement=entitlement.pk)
        return 0
    return 1


def _grant_what_is_due(entitlement: Entitlement, *, by: Actor, now: datetime) -> None:
    """Grant the period that runs now. One that is over already is passed by: it would expire."""
    while entitlement.next_grant_at is not None and entitlement.next_grant_at <= now:
        starts_at = entitlement.next_grant_at
        entitlement.next_period += 1
        period_ends_at = _period_end(entitlement)
        entitlement.next_grant_at = _next_start(entitlement)
        expires_at = earlier(period_ends_at, entitlement.ends_at)
        if expires_at is None or expires_at > now:
            ledger.grant(
                entitlement,
                entitlement.minutes,
                starts_at=starts_at,
                period_ends_at=period_ends_at,
                expires_at=expires_at,
                note=ledger.Note(why=_granted_words(entitlement, expires_at), by=by, at=now),
            )
    entitlement.save(update_fields=["next_period", "next_grant_at"])


def _next_start(entitlement: Entitlement) -> datetime | None:
    """When the next period begins; None when there is none within the term."""
    if entitlement.next_period and not entitlement.months:
        return None
    first = period_start(entitlement.valid_from, entitlement.next_period, months=entitlement.months)
    starts_at = start_of_day(first, zone=entitlement.zone)
    is_over = entitlement.ends_at is not None and starts_at >= entitlement.ends_at
    return None if is_over else starts_at


def _period_end(entitlement: Entitlement) -> datetime | None:
    """When the period before the next one ends."""
    if not entitlement.months:
        return None
    first = period_start(entitlement.valid_from, entitlement.next_period, months=entitlement.months)
    return start_of_day(first, zone=entitlement.zone)


def _end_of(day: date | None, *, zone: str) -> datetime | None:
    return None if day is None else start_of_day(day + timedelta(days=1), zone=zone)


def _granted_words(entitlement: Entitlement, expires_at: datetime | None) -> str:
    if expires_at is None:
        return entitlement.name
    last_day = (expires_at - timedelta(seconds=1)).astimezone(ZoneInfo(entitlement.zone))
    return f"{entitlement.name}: to use until {last_day:%-d %B %Y}"
