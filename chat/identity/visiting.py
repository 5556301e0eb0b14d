"""Who is talking: a voucher, or a name and an address, opens a visit; a secret is its key.

The secret has 256 random bits, is kept hashed, and travels in a header or a first message,
never in an address or a cookie.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from cases.actions.refusing import Refused
from cases.correspondence import UNREACHABLE
from chat.identity.vouching import Voucher
from chat.models import Site, UsedVoucher, Visit
from helpdesk.markup.characters import in_one_line
from helpdesk.people.contacts import contact_with
from helpdesk.people.models import Person

NAMELESS = "Visitor"
VOUCHED_LIFETIME = timedelta(hours=12)
LONGEST_PAGE = 500
ANONYMOUS_LIFETIME = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Opened:
    """A visit and its secret, which is not kept."""

    visit: Visit
    secret: str


@transaction.atomic
def open_vouched(site: Site, voucher: Voucher, *, at: datetime) -> Opened:
    """Open the visit of somebody for whom a page of `site` vouched. Raises Refused.

    Only clients: nobody becomes one of ours by a voucher (`security.md` T43).
    """
    _use_once(site, voucher)
    person = _person_of(voucher)
    visit = Visit(
        site=site,
        person=person,
        session_epoch=person.session_epoch,
        name=person.name,
        email=person.email,
        created_at=at,
        expires_at=at + VOUCHED_LIFETIME,
    )
    return _saved(visit)


def open_anonymous(site: Site, *, name: str, email: str, at: datetime) -> Opened:
    """Open the visit of somebody who gave a name and an address: a claim. Raises Refused.

    Where the site lets them, they may leave both empty.
    """
    if not site.takes_anonymous:
        raise Refused("Please sign in first: this chat is for people who have an account.")
    visit = Visit(
        site=site,
        name=in_one_line(name)[:200] or NAMELESS,
        email=email.strip().lower() or f"visitor-{secrets.token_hex(8)}@chat{UNREACHABLE}",
        created_at=at,
        expires_at=at + ANONYMOUS_LIFETIME,
    )
    return _saved(visit)


def note_page(visit: Visit, page: str) -> None:
    """Keep on which page the pop-up is open: its address alone, without what follows a `?`."""
    address = in_one_line(page).partition("?")[0].partition("#")[0]
    is_page = address.startswith(("https://", "http://")) and len(address) <= LONGEST_PAGE
    if is_page and address != visit.page:
        Visit.objects.filter(pk=visit.pk).update(page=address)


def visit_with(secret: str, *, at: datetime) -> Visit | None:
    """The living visit that `secret` opens; an empty or unknown one opens none."""
    if not secret or len(secret) > 100:
        return None
    visit = (
        Visit.objects.unended(at=at)
        .select_related("site", "person__organisation__region")
        .filter(secret_hash=hash_of(secret))
        .first()
    )
    return visit if visit is not None and visit.is_alive(at=at) else None


def end_visit(visit: Visit, *, at: datetime) -> None:
    """Make the secret open nothing any more."""
    Visit.objects.filter(pk=visit.pk).update(ended_at=at)


def hash_of(secret: str) -> str:
    return hashlib.sha256(f"chat visit:{secret}".encode()).hexdigest()


def forget_used_vouchers(*, at: datetime) -> int:
    """Delete the notes of vouchers that have expired; return how many."""
    return UsedVoucher.objects.filter(expires_at__lt=at).delete()[0]


def _use_once(site: Site, voucher: Voucher) -> None:
    try:
        with transaction.atomic():
            UsedVoucher.objects.create(
                site=site, nonce=voucher.nonce, expires_at=voucher.expires_at
            )
    except IntegrityError as error:
        raise Refused("This sign-in to the chat was used already. Reload the page.") from error


def _person_of(voucher: Voucher) -> Person:
    person = contact_with(voucher.email, name=voucher.name)
    if person is None or person.is_staff_member or not person.is_active:
        raise Refused("This account cannot use the chat. Write to us by e-mail instead.")
    return person


def _saved(visit: Visit) -> Opened:
    secret = secrets.token_urlsafe(32)
    visit.secret_hash = hash_of(secret)
    visit.save(force_insert=True)
    return Opened(visit, secret)
