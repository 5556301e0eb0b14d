"""Who calls: a token in the header `Authorization: Bearer wrt_…`, never a cookie or an address."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from helpdesk.api import tokens
from helpdesk.api.errors import TooManyCalls
from helpdesk.api.models import ApiToken
from helpdesk.people.models import Person
from helpdesk.people.sign_in import second_factor
from helpdesk.people.sign_in.limits import Limit, TooManyTries, place_of, spend

CALLS = Limit("api, calls of a token", 300, 60)
WRONG_FROM_PLACE = Limit("api, wrong token, place", 20, 60)


class TokenAuthentication(BaseAuthentication):
    """Lets in who bears a token in force; the person is `request.user`, the token the auth."""

    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        """Return person and token, or None without the header. Raises a problem with a sentence."""
        scheme, _, secret = get_authorization_header(request).partition(b" ")
        if not scheme:
            return None
        if scheme.lower() != b"bearer":
            raise AuthenticationFailed("Send your token as “Authorization: Bearer wrt_…”.")
        token = tokens.find(secret.strip().decode("ascii", "replace"))
        if token is None:
            _spend(WRONG_FROM_PLACE, place_of(_plain(request)))
            raise AuthenticationFailed("This token is not known here. Copy it again, whole.")
        now = timezone.now()
        _require_in_force(token, now=now)
        _spend(CALLS, str(token.pk))
        tokens.note_use(token, now=now)
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        """Make the answer 401 and say how to come in."""
        return 'Bearer realm="api"'


class TokenAllows(BasePermission):
    """Signed in by a token; a read-only one changes nothing."""

    message = "This token may only read. Ask an administrator for one that may write."

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, ApiToken):
            return False
        return request.method in SAFE_METHODS or not request.auth.is_read_only


def _require_in_force(token: ApiToken, *, now: datetime) -> None:
    if token.revoked_at is not None:
        raise AuthenticationFailed("This token was revoked. Ask an administrator for a new one.")
    if not token.is_alive(now=now):
        raise AuthenticationFailed("This token has expired. Ask an administrator for a new one.")
    if not token.person.is_active:
        raise AuthenticationFailed("The account of this token is switched off.")
    if second_factor.is_required_of(token.person) and not second_factor.has_factor(token.person):
        raise AuthenticationFailed(
            "Our own people need a second factor. Set it up in your profile, then try again."
        )


def _spend(limit: Limit, subject: str) -> None:
    try:
        spend(limit, subject)
    except TooManyTries as refusal:
        raise TooManyCalls(refusal.retry_after) from refusal


def _plain(request: Request) -> HttpRequest:
    return request._request
