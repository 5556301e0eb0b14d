"""What an agent may do to a campaign before it goes: change its words, send it now, put it off."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.actions.refusing import Refused
from cases.defects import access, kinds
from cases.defects.campaigns import sending
from cases.defects.campaigns.models import Campaign
from cases.defects.news import tell
from helpdesk.journal.kinds import Kind
from helpdesk.people.actors import Actor

MOST_CHARACTERS = 5_000
PUT_OFF = timedelta(hours=1)


@transaction.atomic
def change_words(
    campaign: Campaign, words: str, *, by: Actor, seen_version: int | None
) -> Campaign:
    """Say it in other words. Raises Refused with a sentence."""
    locked = _locked(campaign, by=by, seen_version=seen_version)
    if not words.strip():
        raise Refused("Write what the clients should read. Nothing was changed.")
    locked.words = words.strip()[:MOST_CHARACTERS]
    _record(kinds.CAMPAIGN_EDITED, locked, by=by)
    return locked


@transaction.atomic
def send_now(campaign: Campaign, *, by: Actor, seen_version: int | None) -> Campaign:
    """Let it go at once, as it was seen. Raises Refused with a sentence."""
    locked = _locked(campaign, by=by, seen_version=seen_version)
    now = timezone.now()
    sending.begin(locked, by=by, now=now)
    tell(kinds.CAMPAIGN_STARTED, locked.defect, by=by, at=now)
    return locked


@transaction.atomic
def put_off(campaign: Campaign, *, by: Actor, seen_version: int | None) -> Campaign:
    """Wait an hour more, up to a day in all: the clients must not be forgotten. Raises Refused."""
    locked = _locked(campaign, by=by, seen_version=seen_version)
    latest = locked.made_at + timedelta(hours=settings.DEFECT_PREVIEW_MOST_HOURS)
    if locked.send_at >= latest:
        raise Refused("It cannot wait longer: the clients were promised to hear of it.")
    locked.send_at = min(max(locked.send_at, timezone.now()) + PUT_OFF, latest)
    _record(kinds.CAMPAIGN_PUT_OFF, locked, by=by)
    return locked


def _locked(campaign: Campaign, *, by: Actor, seen_version: int | None) -> Campaign:
    if not access.is_ours(by):
        raise Refused("Only our own people send to clients.")
    locked = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("defect")
        .get(pk=campaign.pk)
    )
    if locked.state != Campaign.State.WAITING:
        raise Refused(f"This was too late: {locked.get_state_display().lower()} already.")
    if seen_version is not None and seen_version != locked.version:
        raise Refused("Somebody changed the words meanwhile. Read them again before you go on.")
    return locked


def _record(kind: Kind, campaign: Campaign, *, by: Actor) -> None:
    campaign.version += 1
    campaign.save(update_fields=["words", "send_at", "version"])
    tell(kind, campaign.defect, by=by, at=timezone.now())
