"""News that another room posts under a reference of its own, such as a severe defect.

Every function here is safe to call again with the same arguments: one notice a reference, one
update a key. A reaction to news may therefore call them whenever it runs.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from helpdesk.people.actors import Actor
from knowledgebase.notices.actions import posting
from knowledgebase.notices.actions.posting import Draft
from knowledgebase.notices.lifecycle import Impact, Kind, State
from knowledgebase.notices.models import Notice, Product, Update


def post(
    reference: str,
    *,
    title: str,
    text: str,
    by: Actor,
    kind: Kind = Kind.DEFECT,
    impact: Impact = Impact.DEGRADED,
    state: State | None = None,
    products: Iterable[Product] = (),
    starts_at: datetime | None = None,
) -> Notice:
    """Post the notice called `reference`, such as `defect:12`, or return it if it stands already.

    One that was ended opens again and says `text`.
    """
    known = notice_called(reference)
    if known is not None:
        return _opened_again(known, text, by=by)
    at = timezone.now()
    draft = Draft(
        kind=kind,
        title=title,
        text=text,
        starts_at=starts_at or at,
        impact=impact,
        state=state,
        products=products,
    )
    try:
        with transaction.atomic():
            return posting.post(replace(draft, reference=reference), by=by, at=at)
    except IntegrityError:
        # Another worker was first.
        return Notice.objects.get(reference=reference)


def update(
    reference: str, *, key: str, text: str, by: Actor, state: State | None = None
) -> Update | None:
    """Say `text` on the notice called `reference`, once a `key`; None where there is none."""
    notice = notice_called(reference)
    return posting.say(notice, text, by=by, state=state, key=key) if notice else None


def close(reference: str, *, text: str, by: Actor) -> Update | None:
    """End the notice called `reference`; None where there is none or it is over already."""
    notice = notice_called(reference)
    return posting.end(notice, text, by=by) if notice and notice.is_open else None


def notice_called(reference: str) -> Notice | None:
    """The notice that was posted under `reference`."""
    return Notice.objects.filter(reference=reference).first()


def _opened_again(notice: Notice, text: str, *, by: Actor) -> Notice:
    if notice.is_open:
        return notice
    posting.say(notice, text, by=by, state=State.INVESTIGATING)
    notice.refresh_from_db()
    return notice
