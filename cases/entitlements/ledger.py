"""The double-entry ledger of minutes: the only code that adds movements.

Each door locks the book of the organisation first, so movements of one organisation follow each
other and no two of them see the same minute as free. The database moves the balances as postings
are added, and refuses a balance below zero whatever this code does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, Sum

from cases.entitlements.models import Book, Entitlement, Grant, Movement, Posting
from helpdesk.people.actors import SYSTEM, Actor

Account, Kind = Posting.Account, Movement.Kind


class NotEnoughMinutes(Exception):
    """There are fewer minutes than were asked for; the message is a sentence for the client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the ledger keeps of a movement beside its numbers: why, what about, by whom, when."""

    why: str
    by: Actor
    at: datetime
    subject_kind: str = ""
    subject_id: int | None = None


@dataclass(frozen=True, slots=True)
class Payable:
    """Whether a number of minutes can be held at all, and for calls before which instant.

    `until` is None when the minutes never expire.
    """

    is_possible: bool
    until: datetime | None = None


def locked_book(organisation_id: int) -> Book:
    """The book of an organisation, made when it is first needed, locked until the commit."""
    Book.objects.bulk_create([Book(organisation_id=organisation_id)], ignore_conflicts=True)
    return Book.objects.select_for_update().get(pk=organisation_id)


@transaction.atomic
def grant(
    entitlement: Entitlement,
    minutes: int,
    *,
    starts_at: datetime,
    period_ends_at: datetime | None,
    expires_at: datetime | None,
    note: Note,
) -> Grant:
    """Grant the minutes of one period, which may be booked until `expires_at` (None: for ever)."""
    book = locked_book(entitlement.organisation_id)
    made = Grant.objects.create(
        entitlement=entitlement,
        organisation_id=entitlement.organisation_id,
        starts_at=starts_at,
        period_ends_at=period_ends_at,
        expires_at=expires_at,
    )
    _move(book, Kind.GRANT, [(made.pk, minutes)], Account.ISSUED, Account.AVAILABLE, note=note)
    return made


@transaction.atomic
def hold(organisation_id: int, minutes: int, *, for_time: datetime, note: Note) -> Movement:
    """Hold minutes for something that begins at `for_time`, those that expire first.

    Raises NotEnoughMinutes with a sentence when fewer are left that are valid then.
    """
    book = locked_book(organisation_id)
    left, parts = minutes, []
    for one in Grant.objects.filter(organisation=organisation_id).usable(at=for_time):
        part = min(one.available, left)
        parts.append((one.pk, part))
        left -= part
        if not left:
            break
    if left:
        raise NotEnoughMinutes(_too_few(minutes, minutes - left))
    return _move(book, Kind.HOLD, parts, Account.AVAILABLE, Account.HELD, note=note)


@transaction.atomic
def settle(held: Movement, *, used: int, note: Note) -> int:
    """Use so many of the held minutes and give back the rest; return how many were used.

    What expires first is used first. Nothing happens to a hold that was settled before: whoever
    comes second finds nothing held.
    """
    book = locked_book(held.organisation_id)
    using, returning, left = [], [], used
    for grant_id, minutes in _still_held(held):
        part = min(minutes, left)
        left -= part
        using.append((grant_id, part))
        returning.append((grant_id, minutes - part))
    _move(book, Kind.USE, using, Account.HELD, Account.USED, note=note, hold=held)
    _move(book, Kind.GIVE_BACK, returning, Account.HELD, Account.AVAILABLE, note=note, hold=held)
    return used - left


@transaction.atomic
def expire(organisation_id: int, *, now: datetime) -> int:
    """Expire what an organisation may no longer book at `now`; return how many minutes."""
    book = locked_book(organisation_id)
    total = 0
    due = Grant.objects.filter(organisation=organisation_id).to_expire(now)
    for one in due.select_related("entitlement__package", "entitlement__add_on"):
        note = Note(why=f"{one.entitlement.name}: not used in time", by=SYSTEM, at=now)
        parts = [(one.pk, one.available)]
        _move(book, Kind.EXPIRE, parts, Account.AVAILABLE, Account.EXPIRED, note=note)
        total += one.available
    return total


def is_payable_at(held: Movement, at: datetime) -> bool:
    """Whether every minute of a hold is still valid for something that begins at `at`."""
    grants = Grant.objects.filter(postings__movement=held)
    return not grants.filter(expires_at__lte=at).exists()


def available(organisation_id: int | None) -> int:
    """The minutes that may be booked: one row, read by its key."""
    left = Book.objects.filter(pk=organisation_id).values_list("available", flat=True).first()
    return left or 0


def payable(organisation_id: int | None, minutes: int, *, now: datetime) -> Payable:
    """For calls before which instant so many minutes are there: late ones find fewer valid."""
    grants = Grant.objects.filter(organisation=organisation_id).usable(at=now)
    total = 0
    for one in reversed(grants):
        total += one.available
        if total >= minutes:
            return Payable(True, one.expires_at)
    return Payable(False)


def _move(
    book: Book,
    kind: Movement.Kind,
    parts: Iterable[tuple[int, int]],
    out_of: Posting.Account,
    into: Posting.Account,
    *,
    note: Note,
    hold: Movement | None = None,
) -> Movement:
    """Add one movement with its legs; `parts` says how many minutes of which grant."""
    parts = [(grant_id, minutes) for grant_id, minutes in parts if minutes]
    total = sum(minutes for _, minutes in parts)
    change = total * ((into == Account.AVAILABLE) - (out_of == Account.AVAILABLE))
    book.available += change
    movement = Movement(
        organisation_id=book.pk,
        kind=kind,
        minutes=total,
        change=change,
        available_after=book.available,
        hold=hold,
        why=note.why[:300],
        subject_kind=note.subject_kind,
        subject_id=note.subject_id,
        at=note.at,
        actor=note.by.person,
        actor_label=note.by.label[:200],
    )
    if parts:
        movement.save()
        Posting.objects.bulk_create(_legs(movement, parts, out_of, into))
    return movement


def _legs(
    movement: Movement,
    parts: Sequence[tuple[int, int]],
    out_of: Posting.Account,
    into: Posting.Account,
) -> list[Posting]:
    return [
        Posting(movement=movement, grant_id=grant_id, account=account, minutes=sign * minutes)
        for grant_id, minutes in parts
        for account, sign in ((out_of, -1), (into, 1))
    ]


def _still_held(held: Movement) -> list[tuple[int, int]]:
    """What is left of a hold, by grant, in the order in which it was taken."""
    legs = Posting.objects.filter(Q(movement=held) | Q(movement__hold=held), account=Account.HELD)
    left = {row["grant"]: row["left"] for row in legs.values("grant").annotate(left=Sum("minutes"))}
    taken = held.postings.filter(account=Account.HELD).order_by("pk")
    order = taken.values_list("grant", flat=True)
    return [(grant_id, left[grant_id]) for grant_id in order if left[grant_id]]


def _too_few(wanted: int, there: int) -> str:
    if not there:
        return f"No minutes are left for a call of {wanted} minutes at that time."
    return f"Only {there} minutes are left for that time; the call needs {wanted}."
