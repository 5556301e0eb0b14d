"""Keeping a canned reply, and taking one away."""

from datetime import datetime

from django.db import IntegrityError, transaction

from cases.actions.refusing import Refused
from chat.canned.filling import VARIABLES, unknown_in
from chat.canned.models import TAKEN, CannedReply
from helpdesk.markup.characters import harmless, in_one_line
from helpdesk.people.models import Person

# So many are searched through at a key press.
MOST_SHARED = 1_000
MOST_OWN = 200


@transaction.atomic
def write(
    reply: CannedReply, *, name: str, text: str, is_shared: bool, by: Person, at: datetime
) -> CannedReply:
    """Keep a new or a changed reply, which `by` may see. Raises Refused with a sentence."""
    reply.name, reply.text = in_one_line(name), harmless(text).strip()
    _require(reply)
    is_new_there = reply.pk is None or reply.is_shared != is_shared
    reply.owner = None if is_shared else by
    if is_new_there:
        _require_room(reply, by=by)
    reply.updated_at, reply.updated_by = at, by
    try:
        with transaction.atomic():
            reply.save()
    except IntegrityError as error:
        raise Refused(f"{TAKEN} Give this one another.") from error
    return reply


def _require(reply: CannedReply) -> None:
    if not reply.name or not reply.text:
        raise Refused("Give the reply a name and its words.")
    unknown = unknown_in(reply.text)
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in VARIABLES)
        raise Refused(f"There is no variable {', '.join(unknown)}. You can use {known}.")


def _require_room(reply: CannedReply, *, by: Person) -> None:
    """Two at once must not both be the last: whoever writes locks their own row."""
    Person.objects.select_for_update().get(pk=by.pk)
    most = MOST_SHARED if reply.is_shared else MOST_OWN
    if CannedReply.objects.filter(owner=reply.owner).exclude(pk=reply.pk)[:most].count() >= most:
        raise Refused(f"There are {most:,} replies already. Take one away first.")
