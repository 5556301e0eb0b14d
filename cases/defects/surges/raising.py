"""Seeing that several organisations report the same thing, and raising a card for it.

Bounded: a new case is compared with the newest cases of the last hours, and the likest of those
among themselves. One case after the other, by a lock of the database: two workers that look at two
cases of one incident at once must not raise two cards.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from cases.defects import kinds
from cases.defects.surges.likeness import ALIKE, Stems, likeness
from cases.defects.surges.models import Signature, Surge, SurgeCase
from cases.defects.surges.stemming import stems_of
from cases.models import Case
from cases.thread.models import Message
from helpdesk.journal import writing as journal
from helpdesk.journal.kinds import Kind
from helpdesk.journal.models import Entry
from helpdesk.people.actors import SYSTEM

MOST_COMPARED = 500
MOST_CENTRES = 12
KEPT = timedelta(days=2)
_LOCK = 0x55EED


def look_at(entry: Entry) -> None:
    """React to a case being opened by a client: does it make one too many of something?"""
    if entry.data.get("is_ours") or entry.data.get("is_automatic"):
        return
    case = Case.objects.select_related("organisation").get(pk=entry.subject_id)
    if case.organisation_id is None or case.state == "spam":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    message = Message.objects.get(pk=entry.data["message"])
    stems = stems_of(case.subject, message.text)
    own, _ = Signature.objects.get_or_create(
        case=case,
        defaults={
            "organisation_id": case.organisation_id,
            "opened_at": case.created_at,
            "subject": sorted(stems.subject),
            "details": sorted(stems.details),
        },
    )
    _raise_or_join(case, own)


def forget_old(*, now: datetime) -> int:
    """Drop the stems of cases that no new one is compared with any more."""
    return Signature.objects.filter(opened_at__lt=now - KEPT).delete()[0]


def _raise_or_join(case: Case, own: Signature) -> None:
    near = _near(own)
    if len(near) < 2:
        return
    if surge := _surge_of(near, but=own.pk):
        _join(surge, case)
        return
    star = _largest_star(near)
    organisations = {near[pk].organisation_id for pk in star}
    if len(organisations) >= settings.SURGE_ORGANISATIONS:
        _raise(case, star, organisations=len(organisations))


def _near(own: Signature) -> Mapping[int, Signature]:
    """The case itself and those of the last hours that are like it, the likest first."""
    since = own.opened_at - timedelta(hours=settings.SURGE_HOURS)
    recent = Signature.objects.filter(opened_at__gte=since).exclude(pk=own.pk)
    ours = _stems(own)
    scored = [
        (likeness(ours, _stems(one)), one) for one in recent.order_by("-opened_at")[:MOST_COMPARED]
    ]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=_score, reverse=True)
    return {own.pk: own} | {one.pk: one for _, one in alike}


def _score(pair: tuple[float, Signature]) -> tuple[float, int]:
    return pair[0], pair[1].pk


def _surge_of(near: Mapping[int, Signature], *, but: int) -> Surge | None:
    """The card, raised or settled, on which most of the likest cases are."""
    members = SurgeCase.objects.filter(case__in=[pk for pk in near if pk != but])
    surges = [member.surge for member in members.select_related("surge")]
    return max(surges, key=lambda surge: (surges.count(surge), surge.pk), default=None)


def _largest_star(near: Mapping[int, Signature]) -> list[int]:
    """The cases that are all like one of them: a chain of likenesses would lead anywhere."""
    stems = {pk: _stems(one) for pk, one in near.items()}
    stars = [
        [pk for pk in stems if pk == centre or likeness(stems[centre], stems[pk]) >= ALIKE]
        for centre in list(stems)[:MOST_CENTRES]
    ]
    return max(stars, key=lambda star: (len({near[pk].organisation_id for pk in star}), len(star)))


def _raise(case: Case, star: list[int], *, organisations: int) -> None:
    surge = Surge.objects.create(
        subject=case.subject, raised_at=case.created_at, newest_at=case.created_at
    )
    SurgeCase.objects.bulk_create([SurgeCase(surge=surge, case_id=pk) for pk in sorted(star)])
    _tell(kinds.SURGE_RAISED, surge, case, organisations=organisations, subject=case.subject)


def _join(surge: Surge, case: Case) -> None:
    SurgeCase.objects.get_or_create(case=case, defaults={"surge": surge})
    Surge.objects.filter(pk=surge.pk).update(newest_at=case.created_at)
    _tell(kinds.SURGE_GREW, surge, case, number=case.shown_number)


def _tell(kind: Kind, surge: Surge, case: Case, **data: object) -> None:
    journal.write(
        kind,
        subject_kind=kinds.SURGE,
        subject_id=surge.pk,
        organisation_id=None,
        by=SYSTEM,
        at=case.created_at,
        data=data,
    )


def _stems(signature: Signature) -> Stems:
    return Stems(frozenset(signature.subject), frozenset(signature.details))
