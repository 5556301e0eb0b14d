"""What a case that becomes part of another takes along of the mailroom."""

from datetime import datetime

from cases.mailroom.models import SenderRule
from cases.models import Case
from helpdesk.people.actors import Actor


def take_along(source: Case, kept: Case, by: Actor, at: datetime) -> None:
    """Mails of senders that always belong to `source` belong to the case that goes on."""
    SenderRule.objects.filter(case=source).update(case=kept)
