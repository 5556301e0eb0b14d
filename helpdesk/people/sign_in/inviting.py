"""Inviting somebody to set up their password."""

from django.db import transaction
from django.utils import timezone

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from helpdesk.people.sign_in import links, mailing
from helpdesk.people.sign_in.models import PasswordLink
from helpdesk.people.zones import zone_of


class InvitationRefused(Exception):
    """The message says why, in words for whoever invites."""


@transaction.atomic
def invite(person: Person, *, by: Actor) -> str:
    """Mail `person` a link with which they choose their password, and return its address.

    The link works once, for seven days (`INVITATION_LIFETIME`), and dies when address or password
    change. Raises InvitationRefused for somebody deactivated, or who has a password already.
    """
    if not person.is_active:
        raise InvitationRefused(f"{person.name} is deactivated. Activate the account first.")
    if person.has_usable_password():
        raise InvitationRefused(f"{person.name} has set up a password already.")
    link, link_address = links.make_link(
        person, purpose=PasswordLink.Purpose.INVITATION, by=by, now=timezone.now()
    )
    mailing.send(
        person,
        kind="account_invitation",
        values={
            "link_url": link_address,
            "ways_in": mailing.ways_in(person),
            "by": by.label,
            "until": link.expires_at.astimezone(zone_of(person)).strftime("%A %d %B, %H:%M (%Z)"),
        },
        key=f"link:{link.pk}",
    )
    return link_address
