"""How often somebody may start, say and upload: for each visit and for each place it comes from.

Counted in PostgreSQL (decision 0011), outside the transactions of the doors, so that nobody waits
for another's disk. A socket takes leave for ten lines at once and asks again when they are used
up; whoever reconnects asks anew, so that is no way around it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from chat.actions.saying import TooFast
from chat.models import Visit
from helpdesk.people.sign_in.limits import Limit, attempt, place_of

LINES_AT_ONCE = 10

STARTED = Limit("chat started, visit", 10, 3600)
STARTED_FROM_PLACE = Limit("chat started, place", 20, 3600)
STARTED_IN_A_NAME = Limit("chat started, address", 10, 3600)
SAID = Limit("chat lines, visit", 120, 60)
SAID_FROM_PLACE = Limit("chat lines, place", 600, 60)
TENS_SAID = Limit("tens of chat lines, visit", 12, 60)
TENS_SAID_FROM_PLACE = Limit("tens of chat lines, place", 600, 60)
UPLOADED = Limit("chat files, visit", 20, 600)
UPLOADED_FROM_PLACE = Limit("chat files, place", 200, 600)

MANY_STARTED = "Many chats were begun from here. Your text is kept: try again later."
MANY_FILES = "Many files were sent from here. Wait a few minutes, then add it again."


def spend_start(visit: Visit, *, place: str) -> None:
    """Count a chat that begins. Raises TooFast."""
    limits = (
        (STARTED, str(visit.pk)),
        (STARTED_FROM_PLACE, place),
        (STARTED_IN_A_NAME, visit.email),
    )
    _spend(*limits, sentence=MANY_STARTED)


def spend_line(visit: Visit, *, place: str) -> None:
    """Count one line that came without a socket. Raises TooFast."""
    _spend((SAID, str(visit.pk)), (SAID_FROM_PLACE, place))


def spend_upload(visit: Visit, *, place: str) -> None:
    """Count a file. Raises TooFast."""
    limits = ((UPLOADED, str(visit.pk)), (UPLOADED_FROM_PLACE, place))
    _spend(*limits, sentence=MANY_FILES)


@dataclass(slots=True)
class Allowance:
    """The lines that one socket may still say before it asks again."""

    place: str
    left: int = 0

    def take(self, visit: Visit) -> None:
        """Take one. Raises TooFast."""
        if self.left == 0:
            _spend((TENS_SAID, str(visit.pk)), (TENS_SAID_FROM_PLACE, self.place))
            self.left = LINES_AT_ONCE
        self.left -= 1


def place_of_socket(scope: Mapping[str, Any]) -> str:
    """Where a socket comes from, told as of any page."""
    request = HttpRequest()
    headers = dict(scope["headers"])
    request.META["REMOTE_ADDR"] = (scope.get("client") or ("127.0.0.1", 0))[0]
    forwarded = headers.get(b"x-forwarded-for")
    if forwarded is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded.decode("latin-1")
    return place_of(request)


def _spend(*limits: tuple[Limit, str], sentence: str = "") -> None:
    for limit, whose in limits:
        tried = attempt(limit, whose)
        if not tried.is_allowed:
            raise TooFast(tried.retry_after, sentence)
