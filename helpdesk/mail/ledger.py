"""What the ledgers tell: whether they add up, what waits, what a person may do with a mail."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Min, QuerySet, Sum
from django.db.models.functions import Now, TruncDate

from helpdesk.mail.clock import database_now
from helpdesk.mail.models import (
    InboundMail,
    InboundRaw,
    InboundTally,
    OutboundIntent,
    OutboundMail,
)
from helpdesk.mail.querysets import start_of
from helpdesk.mail.states import WITHOUT_EFFECT, InboundState, OutboundState
from helpdesk.mail.tasks import process_inbound
from helpdesk.mail.waking import wake
from helpdesk.people.actors import Actor


class NotPossible(Exception):
    """This cannot be done with this mail; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class InboundDay:
    """The balance of one UTC day. `duplicates` came on top and are in no state."""

    day: date
    received: int
    states: dict[str, int]
    duplicates: int

    @property
    def adds_up(self) -> bool:
        """received = cased + replied + automatic + spam + quarantined + rejected + pending."""
        return self.received == sum(self.states.values())


@dataclass(frozen=True, slots=True)
class OutboundDay:
    """What became of the mails that were intended on one UTC day."""

    day: date
    intended: int
    states: dict[str, int]

    @property
    def adds_up(self) -> bool:
        """intended = accepted + bounced + failed + held back or cancelled + pending."""
        return self.intended == sum(self.states.values())


@dataclass(frozen=True, slots=True)
class Waiting:
    """The oldest mails that wait, None where none does, and what a person should look at."""

    oldest_inbound_at: datetime | None
    oldest_outbound_at: datetime | None
    quarantined: int


def balance(day_from: date, day_to: date) -> list[InboundDay]:
    """Return the balance of each day from `day_from` to `day_to`, both included.

    `received` was counted by the intake, apart from the rows, so a row that vanished shows.
    """
    tallies = InboundTally.objects.filter(day__range=(day_from, day_to))
    received = dict(tallies.values_list("day", "received"))
    mails = InboundMail.objects.received_between(day_from, day_to)
    counts = _counts(mails, "received_at")
    repeated = mails.annotate(day=TruncDate("received_at", tzinfo=UTC)).values_list("day")
    duplicates = dict(repeated.annotate(more=Sum(F("deliveries") - 1)).order_by())
    return [
        InboundDay(
            day,
            received.get(day, 0),
            {state: counts[day, state] for state in InboundState.values},
            duplicates.get(day, 0),
        )
        for day in _days(day_from, day_to)
    ]


def outbound_balance(day_from: date, day_to: date) -> list[OutboundDay]:
    """Return what became of the mails intended on each day, both ends included.

    What was intended is noted by the outbox, apart from the rows, so a row that vanished shows.
    """
    counts = _counts(OutboundMail.objects.created_between(day_from, day_to), "created_at")
    within = OutboundIntent.objects.filter(
        intended_at__gte=start_of(day_from), intended_at__lt=start_of(day_to) + timedelta(days=1)
    )
    by_day = within.annotate(day=TruncDate("intended_at", tzinfo=UTC)).values_list("day")
    intended = dict(by_day.annotate(count=Count("pk")).order_by())
    return [
        OutboundDay(
            day,
            intended.get(day, 0),
            {state: counts[day, state] for state in OutboundState.values},
        )
        for day in _days(day_from, day_to)
    ]


def waiting() -> Waiting:
    """Return what the health page shows; each figure is read from a partial index."""
    pending = InboundMail.objects.in_state(InboundState.PENDING)
    return Waiting(
        oldest_inbound_at=pending.aggregate(at=Min("received_at"))["at"],
        oldest_outbound_at=OutboundMail.objects.outstanding().aggregate(at=Min("created_at"))["at"],
        quarantined=InboundMail.objects.in_state(InboundState.QUARANTINED).count(),
    )


def process_again(mail: InboundMail, *, by: Actor) -> None:
    """Give a mail that had no effect another run. Raises NotPossible for any other."""
    _release(mail, by=by, what="processed again", is_cleared=mail.is_cleared)


def not_spam(mail: InboundMail, *, by: Actor) -> None:
    """Say that a person looked at the mail: no suspicion holds it any more, and it runs again."""
    _release(mail, by=by, what="said that it is not spam", is_cleared=True)


@transaction.atomic
def refile(mail_id: int, *, subject_id: int, by: Actor, what: str) -> None:
    """Note that what a mail and its copies became stands elsewhere now, and who put it there."""
    row = InboundMail.objects.select_for_update().filter(pk=mail_id).first()
    if row is None:
        return
    was = {"state": row.state, "reason": row.reason}
    done = {"at": database_now().isoformat(), "by": by.label, "what": what, "was": was}
    row.history = [*row.history, done]
    row.subject_id = subject_id
    row.save(update_fields=["history", "subject_id"])
    row.copies.update(subject_id=subject_id)


@transaction.atomic
def _release(mail: InboundMail, *, by: Actor, what: str, is_cleared: bool) -> None:
    row = InboundMail.objects.select_for_update().get(pk=mail.pk)
    if row.copy_of_id is not None:
        raise NotPossible(f"This is a copy of mail {row.copy_of_id}. Process that one instead.")
    if row.state not in WITHOUT_EFFECT:
        raise NotPossible("This mail has had its effect on a case. It cannot have it twice.")
    if not InboundRaw.objects.filter(pk=row.pk).exists():
        raise NotPossible("The body of this mail was not kept, so there is nothing to process.")
    was = {"state": row.state, "reason": row.reason}
    done = {"at": database_now().isoformat(), "by": by.label, "what": what, "was": was}
    row.history = [*row.history, done]
    row.state, row.reason, row.is_cleared = InboundState.PENDING, "", is_cleared
    row.attempts, row.finished_at = 0, None
    row.save(update_fields=["history", "state", "reason", "is_cleared", "attempts", "finished_at"])
    InboundMail.objects.filter(pk=row.pk).update(next_attempt_at=Now())
    wake(process_inbound, row.pk)


def _counts(rows: QuerySet[Any], column: str) -> Counter[tuple[date, str]]:
    grouped = rows.annotate(day=TruncDate(column, tzinfo=UTC)).values_list("day", "state")
    counts: Counter[tuple[date, str]] = Counter()
    for day, state, count in grouped.annotate(count=Count("pk")).order_by():
        counts[day, state] = count
    return counts


def _days(day_from: date, day_to: date) -> Iterator[date]:
    for number in range((day_to - day_from).days + 1):
        yield day_from + timedelta(days=number)
