"""Links with which somebody chooses a password: made, found, used once.

256 random bits, kept as a hash; bound to a purpose, an address and the password they replace
(`security.md` T45).
"""

import hashlib
import secrets
from datetime import datetime

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from helpdesk.people.sign_in.models import PasswordLink


class LinkTokens:
    """What allauth's password pages ask about a token; they make none themselves."""

    def check_token(self, user: Person, token: str) -> bool:
        return find_link(user, token, now=timezone.now()) is not None


def make_link(
    person: Person, *, purpose: PasswordLink.Purpose, by: Actor, now: datetime
) -> tuple[PasswordLink, str]:
    """Make a link for `person` and return its row and its full address."""
    token = secrets.token_urlsafe(32)
    is_invitation = purpose == PasswordLink.Purpose.INVITATION
    lifetime = settings.INVITATION_LIFETIME if is_invitation else settings.PASSWORD_LINK_LIFETIME
    link = PasswordLink.objects.create(
        person=person,
        purpose=purpose,
        token_hash=_hash(token),
        address=person.email,
        password_mark=_mark(person),
        made_at=now,
        made_by=by.label[:200],
        expires_at=now + lifetime,
    )
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
    return link, settings.SITE_URL + path


def find_link(person: Person, token: str, *, now: datetime) -> PasswordLink | None:
    """The link that `token` opens for `person` at `now`; None when it opens nothing any more."""
    link = PasswordLink.objects.filter(
        person=person, token_hash=_hash(token), used_at=None, expires_at__gt=now
    ).first()
    if link is None or not person.is_active:
        return None
    is_same_address = link.address.lower() == person.email.lower()
    is_same_password = constant_time_compare(link.password_mark, _mark(person))
    return link if is_same_address and is_same_password else None


def use_link(link: PasswordLink, *, now: datetime) -> bool:
    """Take the link out of use; False when somebody was quicker."""
    return bool(PasswordLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _mark(person: Person) -> str:
    return salted_hmac("helpdesk.people.link", person.password, algorithm="sha256").hexdigest()
