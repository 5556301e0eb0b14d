"""A day with defects in one line each, through the ordinary doors."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cases.defects.actions import attaching, moving, recording
from cases.defects.actions.recording import Report
from cases.defects.campaigns import closing, sending
from cases.defects.campaigns.models import AskedCase, Campaign
from cases.defects.lifecycle import Move
from cases.defects.models import Defect
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.states import OutboundState
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

TITLE = "Report shows no rows"


def a_defect(by: Person, *cases: Case, **report: Any) -> Defect:
    """A defect that `by` recorded, with these cases attached."""
    defect = recording.record(Report(**{"title": TITLE, **report}), by=Actor.of(by))
    if cases:
        attaching.attach(defect, cases, by=Actor.of(by))
    return defect


def moved(defect: Defect, *moves: Move, by: Person, version: str = "5.2", **more: Any) -> Defect:
    for name in moves:
        defect = moving.move(defect, name, by=Actor.of(by), fixed_version=version, **more)
    return defect


def released(defect: Defect, *, by: Person) -> Campaign:
    """Confirmed and released in 5.2; the campaign that waits."""
    moved(defect, Move.CONFIRM, Move.RELEASE, by=by)
    return defect.campaigns.latest("pk")


def swept(at: datetime) -> None:
    """One tick of the sweep."""
    sending.sweep(now=at)
    closing.sweep(now=at)


def sent(campaign: Campaign) -> datetime:
    """Let the campaign go when its time has come, and say when that was."""
    at = campaign.send_at + timedelta(seconds=1)
    swept(at)
    return at


def asked(case: Case) -> AskedCase:
    return AskedCase.objects.get(case=case)


def accepted() -> None:
    """Every mail so far was taken by the mail server."""
    OutboundMail.objects.update(state=OutboundState.ACCEPTED, accepted_at=timezone.now())


def mailed(kind: str) -> list[str]:
    """Who was sent a mail of this kind."""
    mails = OutboundMail.objects.filter(kind=kind)
    return sorted(mails.values_list("to_address", flat=True))


def news_of(subject_kind: str, pk: int) -> list[str]:
    """The kinds of news of a subject, in order."""
    entries = Entry.objects.filter(subject_kind=subject_kind, subject_id=pk).order_by("pk")
    return list(entries.values_list("kind", flat=True))
