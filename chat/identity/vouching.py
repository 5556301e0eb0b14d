"""Vouchers: a host page's server says who its user is, by a JWT that it signs (RFC 7519, HS256).

Header: `kid`, one of the site's keys. Claims: `aud` the site's key, `iat` and `exp` at most five
minutes apart, `jti` used once, `email`, and `name` if known. The Help Center is a host page too.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cases.actions.refusing import Refused
from chat.models import Site, SiteSecret
from helpdesk.people.models import Person
from helpdesk.people.sign_in.sealing import CannotUnseal, seal, unseal

LONGEST = timedelta(minutes=5)
LEEWAY = timedelta(seconds=30)
_REQUIRED = ["aud", "iat", "exp", "jti", "email"]
_REFUSED = "The page could not sign you in to the chat. Reload it, or give your name and address."


@dataclass(frozen=True, slots=True)
class Voucher:
    """Who somebody is, as their page says."""

    email: str
    name: str
    nonce: str
    expires_at: datetime


def new_secret(site: Site) -> tuple[SiteSecret, str]:
    """Add a key to a site and return it with its secret, which is shown this once."""
    secret = secrets.token_urlsafe(32)
    return SiteSecret.objects.create(site=site, sealed=seal(secret)), secret


def read_voucher(site: Site, token: str, *, at: datetime) -> Voucher:
    """Check a token for `site`. Raises Refused with one sentence, whatever is wrong with it."""
    try:
        secret = _secret_of(site, jwt.get_unverified_header(token).get("kid"))
        claims = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            audience=site.key,
            options={"require": _REQUIRED, "verify_exp": False, "verify_iat": False},
        )
        return _voucher(claims, at=at)
    except (jwt.PyJWTError, LookupError, ValueError, TypeError, ValidationError) as error:
        raise Refused(_REFUSED) from error


def vouch_for(person: Person, *, site: Site, at: datetime) -> str:
    """The token by which the Help Center says who is signed in. A first key is made if none is."""
    key = site.secrets.filter(retired_at=None).first()
    if key is None:
        key, _ = new_secret(site)
    claims = {
        "aud": site.key,
        "iat": int(at.timestamp()),
        "exp": int((at + LONGEST).timestamp()),
        "jti": secrets.token_urlsafe(16),
        "email": person.email,
        "name": person.name,
    }
    return jwt.encode(claims, unseal(key.sealed), algorithm="HS256", headers={"kid": key.kid})


def _secret_of(site: Site, kid: object) -> str:
    if not isinstance(kid, str) or len(kid) > 40:
        raise LookupError("no key id")
    key = site.secrets.filter(retired_at=None, kid=kid).first()
    if key is None:
        raise LookupError("unknown key id")
    try:
        return unseal(key.sealed)
    except CannotUnseal as error:
        raise LookupError("the key cannot be opened") from error


def _voucher(claims: dict[str, Any], *, at: datetime) -> Voucher:
    issued, expires = (datetime.fromtimestamp(int(claims[name]), UTC) for name in ("iat", "exp"))
    if not issued - LEEWAY <= at < expires + LEEWAY or expires - issued > LONGEST:
        raise ValueError("not now")
    email, nonce = str(claims["email"]).strip().lower(), str(claims["jti"])
    validate_email(email)
    if not 8 <= len(nonce) <= 64:
        raise ValueError("the nonce is too short or too long")
    return Voucher(email, str(claims.get("name", ""))[:200], nonce, expires + LEEWAY)
