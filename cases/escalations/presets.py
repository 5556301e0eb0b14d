"""The ladder of the shipped desk."""

from django.db import transaction

from cases.escalations.models import Chain, Level


@transaction.atomic
def load_chain() -> bool:
    """Add a general ladder if the desk has none: assignee, team, leads; return whether it did."""
    chain, is_new = Chain.objects.get_or_create(policy=None)
    if is_new:
        for position, who in enumerate(Level.Who, start=1):
            chain.levels.create(position=position, who=who, wait_minutes=30)
    return is_new
