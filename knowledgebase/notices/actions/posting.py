"""Posting a notice, saying more of it, ending it: the only code that changes its state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from helpdesk.calendars.models import Region
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind as NewsKind
from helpdesk.people.actors import Actor
from knowledgebase.notices import kinds, lifecycle
from knowledgebase.notices.keeping import forget_snapshot
from knowledgebase.notices.lifecycle import ENDED, Impact, Kind, State
from knowledgebase.notices.models import Notice, Product, Update

Reason = Update.Reason
# Hours of the chat are read in banners; a mail for each of them would be noise.
SILENT_KINDS = frozenset({Kind.HOURS})


class BadTimes(ValueError):
    """The times of a notice contradict each other; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a notice is to say. `remind_at` before `starts_at` reminds subscribers then."""

    kind: Kind
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime | None = None
    impact: Impact = Impact.NONE
    state: State | None = None
    products: Iterable[Product] = ()
    regions: Iterable[Region] = ()
    remind_at: datetime | None = None
    runs_by_itself: bool = True
    reference: str = ""


@transaction.atomic
def post(draft: Draft, *, by: Actor, at: datetime | None = None) -> Notice:
    """Post a notice and begin to tell its subscribers. Raises BadTimes."""
    at = at or timezone.now()
    refuse_bad_times(draft.starts_at, draft.ends_at)
    notice = Notice(
        kind=draft.kind,
        state=draft.state or lifecycle.first_state(draft.kind),
        impact=draft.impact,
        title=draft.title[:200],
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        remind_at=draft.remind_at if draft.remind_at and draft.remind_at > at else None,
        runs_by_itself=draft.runs_by_itself,
        reference=draft.reference or None,
        updated_at=at,
    )
    schedule(notice)
    notice.save()
    notice.products.set(draft.products)
    notice.regions.set(draft.regions)
    note(notice, draft.text, reason=Reason.POSTED, by=by, at=at)
    tell(kinds.POSTED, notice, by=by, at=at)
    return notice


@transaction.atomic
def say(
    notice: Notice,
    text: str,
    *,
    by: Actor,
    state: State | None = None,
    impact: Impact | None = None,
    at: datetime | None = None,
    key: str = "",
) -> Update:
    """Say more of a notice, with a new state or impact if given. Raises MoveRefused.

    With `key` the same words are said once, however often this is called.
    """
    at = at or timezone.now()
    notice = Notice.objects.locked_one(notice.pk)
    known = notice.updates.filter(key=key).first() if key else None
    if known is not None:
        return known
    before = notice.current_state
    after = lifecycle.decide(before, state or before)
    notice.state = after
    notice.impact = notice.impact if impact is None else impact
    notice.updated_at = at
    if after != before:
        notice.ended_at = at if after in ENDED else None
        if after == State.RUNNING:
            notice.starts_at = min(notice.starts_at, at)
    schedule(notice)
    notice.save()
    said = note(notice, text, reason=Reason.SAID, by=by, at=at, key=key)
    is_over = after in ENDED and before not in ENDED
    tell(kinds.ENDED if is_over else kinds.UPDATED, notice, by=by, at=at)
    return said


def end(
    notice: Notice, text: str, *, by: Actor, at: datetime | None = None, key: str = ""
) -> Update:
    """End a notice well: maintenance is completed, everything else resolved."""
    state = lifecycle.end_state(Kind(notice.kind))
    return say(notice, text, by=by, state=state, at=at, key=key)


def refuse_bad_times(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise BadTimes("It must end after it starts. Nothing was changed.")


def schedule(notice: Notice) -> None:
    """Set when the sweep looks at the notice next."""
    due = lifecycle.next_step(notice.plan)
    notice.next_action_at = due.at if due else None


def note(
    notice: Notice,
    text: str,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    key: str = "",
) -> Update:
    """Keep what was said; the sweep mails it unless nobody is to be told."""
    return notice.updates.create(
        reason=reason,
        state=notice.state,
        text=text,
        at=at,
        by=by.person,
        by_label=by.label[:200],
        key=key or None,
        told_at=at if notice.kind in SILENT_KINDS else None,
    )


def tell(kind: NewsKind, notice: Notice, *, by: Actor, at: datetime) -> None:
    """Write the news; once it is committed every page shows it at its next reading."""
    journal.write(
        kind,
        subject_kind=kinds.SUBJECT,
        subject_id=notice.pk,
        organisation_id=None,
        by=by,
        at=at,
        data={"title": notice.title, "kind": notice.kind, "state": notice.state},
    )
    transaction.on_commit(forget_snapshot)
