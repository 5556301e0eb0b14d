"""What a page shows of the calls for a case: plain words for the client, all of it for us."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone

from cases.models import Case
from cases.oncall.models import Attempt, Page, Sending
from cases.oncall.rota import LEADS

# The rows from which the fate of a sending is read.
FATES = ("mail", "delivery", "push")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done, in words for the client."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Calls:
    """The latest page of a case; `lines` are for everybody, `attempts` for us."""

    page: Page
    lines: list[Line]
    attempts: list[Attempt]

    @property
    def next_in(self) -> timedelta | None:
        """How long until the next in line is called, while that is to happen."""
        if self.page.state != Page.State.RINGING or self.page.next_at is None:
            return None
        return max(self.page.next_at - timezone.now(), timedelta())


def calls_of(case: Case) -> Calls | None:
    """The calls for a critical case, or None for another: those cost a page no query."""
    if not case.is_critical:
        return None
    pages = case.pages.select_related("acknowledged_by").order_by("-started_at", "-pk")
    page = pages.first()
    if page is None:
        return None
    attempts = list(
        page.attempts.prefetch_related("sendings__mail", "sendings__delivery", "sendings__push")
    )
    return Calls(page, list(_lines(page, list(attempts))), list(attempts))


def fate_of(sending: Sending) -> str:
    """What became of it, in a few words."""
    if sending.mail is not None:
        return sending.mail.get_state_display()
    if sending.delivery is not None:
        return sending.delivery.get_state_display()
    if sending.push is not None:
        return sending.push.get_state_display()
    return "No record is kept any more"


def _lines(page: Page, attempts: list[Attempt]) -> Iterator[Line]:
    for at, together in groupby(attempts, key=lambda attempt: attempt.at):
        first = next(together)
        whom = "every lead" if first.layer_name == LEADS else "the engineer on call"
        layer = "" if first.layer_name == LEADS else f" ({first.layer_name.lower()})"
        yield Line(at, f"We called {whom}{layer}.")
    if page.acknowledged_at is not None and page.acknowledged_by is not None:
        yield Line(page.acknowledged_at, f"{page.acknowledged_by.name} took the call.")
    if page.ended_at is not None and page.state == Page.State.EXHAUSTED:
        yield Line(page.ended_at, "Nobody took the call. Our leads were told.")
