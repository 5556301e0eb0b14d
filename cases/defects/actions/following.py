"""Wanting every public news of a defect, or no longer."""

from django.db import transaction

from cases.actions.refusing import Refused
from cases.defects.models import Defect, Follower
from helpdesk.people.models import Person


@transaction.atomic
def follow(defect: Defect, *, by: Person) -> None:
    """Follow a defect that one may see. Raises Refused with a sentence."""
    if not by.is_client or not Defect.objects.visible_to(by).filter(pk=defect.pk).exists():
        raise Refused("You can follow the defects of your own cases.")
    Follower.objects.get_or_create(defect=defect, person=by)


def unfollow(defect: Defect, *, by: Person) -> None:
    """Follow it no longer. The mails about one's own cases still come."""
    Follower.objects.filter(defect=defect, person=by).delete()
