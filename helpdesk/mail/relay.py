"""The mail server that takes our mail, and the pause while it is out of reach.

An outage belongs to the server, not to the mails: they keep their place and their attempts, only
one tries now and then whether the server is back, and then all leave at once.
"""

import random
from datetime import timedelta

import structlog
from django.db.models.functions import Now

from helpdesk.mail.models import RelayPause

log = structlog.get_logger(__name__)

NAME = "relay"
FIRST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0


def is_paused() -> bool:
    return RelayPause.objects.filter(name=NAME, until__gt=Now()).exists()


def pause(reason: str) -> None:
    """Rest for 5 s, then 10, 20, up to 60 s, a little at random so that workers spread."""
    known = standing()
    failures = known.failures if known else 0
    seconds = min(FIRST_PAUSE_SECONDS * 2 ** min(failures, 10), LONGEST_PAUSE_SECONDS)
    seconds *= random.uniform(0.9, 1.1)  # noqa: S311 - spreads load, guards nothing
    until = Now() + timedelta(seconds=seconds)
    RelayPause.objects.update_or_create(
        name=NAME, defaults={"until": until, "failures": failures + 1, "reason": reason}
    )
    log.warning("mail.relay_paused", seconds=round(seconds), reason=reason)


def resume() -> None:
    """The server took a mail."""
    if RelayPause.objects.filter(name=NAME).delete()[0]:
        log.info("mail.relay_back")


def standing() -> RelayPause | None:
    """Return since when, until when and why there is a pause, None when all is well."""
    return RelayPause.objects.filter(name=NAME).first()
