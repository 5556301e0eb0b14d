"""How often something may be tried: counted in PostgreSQL, exact, and there when Redis is not.

Each limit is a sliding window. One statement counts and decides, under the lock of its row, so
that fifty tries at once count as fifty (`security.md` T42; decision 0011).
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.db import connection
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` in any stretch of `seconds`, for each subject."""

    name: str
    tries: int
    seconds: int


SIGN_IN_FROM_PLACE = Limit("sign-in, place", 30, 60)
WRONG_FROM_PLACE = Limit("wrong password, place", 10, 60)
WRONG_FOR_NAME = Limit("wrong password, name", 5, 300)
CODE = Limit("code of the second factor", 5, 300)
CODE_USED = Limit("code used", 1, 90)
PASSKEY_FROM_PLACE = Limit("passkey, place", 10, 60)
LINK_ASKED_FROM_PLACE = Limit("link asked for, place", 20, 60)
LINK_ASKED_FOR_ADDRESS = Limit("link asked for, address", 5, 900)
LINK_OPENED_FROM_PLACE = Limit("link opened, place", 20, 60)
SIGN_ON_FROM_PLACE = Limit("single sign-on, place", 20, 60)
VERIFICATION_MAIL = Limit("verification mail", 5, 3600)
ACCOUNT_CHANGE = Limit("change of the account", 20, 60)


@dataclass(frozen=True, slots=True)
class Try:
    """The answer: may it go on, and if not, after how many seconds it may."""

    is_allowed: bool
    retry_after: int
    at: datetime | None


class TooManyTries(Exception):
    """A limit was reached; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Wait {retry_after} s.")
        self.retry_after = retry_after


def attempt(limit: Limit, subject: str) -> Try:
    """Count one try of `subject` and say whether it is within the limit.

    A refused try is not counted: who waits as long as told gets in.
    """
    values: dict[str, str | int] = {
        "key": _key(limit, subject),
        "seconds": limit.seconds,
        "most": limit.tries,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        counted = cursor.fetchone()
        if counted is not None:
            return Try(True, 0, counted[0])
        cursor.execute(_WAIT, values)
        waiting = cursor.fetchone()
    return Try(False, max(1, int(waiting[0]) if waiting else 1), None)


def spend(limit: Limit, subject: str) -> Try:
    """As `attempt`, but raise TooManyTries when the limit is reached."""
    tried = attempt(limit, subject)
    if not tried.is_allowed:
        raise TooManyTries(tried.retry_after)
    return tried


def give_back(limit: Limit, subject: str, tried: Try) -> None:
    """Forget one try: it was no failure."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, {"key": _key(limit, subject), "at": tried.at})


def forget_old_tries() -> int:
    """Delete what no limit counts any more; return how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sign_in_throttle WHERE expires_at < clock_timestamp()")
        return int(cursor.rowcount)


def place_of(request: HttpRequest) -> str:
    """Where a request comes from: an IPv4 address, or the /64 of an IPv6 one."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _key(limit: Limit, subject: str) -> str:
    return hashlib.sha256(f"{limit.name}:{subject}".encode()).hexdigest()


_COUNT = """
    INSERT INTO sign_in_throttle AS kept (key, tries, expires_at)
    VALUES (
        %(key)s,
        ARRAY[clock_timestamp()],
        clock_timestamp() + make_interval(secs => %(seconds)s)
    )
    ON CONFLICT (key) DO UPDATE SET
        tries = array_append(
            ARRAY(
                SELECT t FROM unnest(kept.tries) t
                WHERE t > clock_timestamp() - make_interval(secs => %(seconds)s)
            ),
            clock_timestamp()
        ),
        expires_at = excluded.expires_at
    WHERE (
        SELECT count(*) FROM unnest(kept.tries) t
        WHERE t > clock_timestamp() - make_interval(secs => %(seconds)s)
    ) < %(most)s
    RETURNING tries[array_upper(tries, 1)]
"""

# When the oldest of the last `most` tries leaves the window, one more is within the limit.
_WAIT = """
    SELECT ceil(extract(epoch FROM
        tries[array_upper(tries, 1) - %(most)s + 1]
            + make_interval(secs => %(seconds)s) - clock_timestamp()
    ))
    FROM sign_in_throttle WHERE key = %(key)s
"""

_GIVE_BACK = """
    UPDATE sign_in_throttle SET tries = array_remove(tries, %(at)s) WHERE key = %(key)s
"""
