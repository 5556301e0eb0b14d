"""What a case that becomes part of another takes along of its talks."""

from datetime import datetime

from cases.actions.refusing import Refused
from cases.models import Case
from chat.models import Conversation
from helpdesk.people.actors import Actor


def take_along(source: Case, kept: Case, by: Actor, at: datetime) -> None:
    """Its talks go on in the kept case. Raises Refused when that is somebody else's.

    What is said in a talk is filed in the name of the case's client, so it cannot change hands.
    """
    talks = Conversation.objects.filter(case=source)
    if source.client_id != kept.client_id and talks.exists():
        raise Refused(
            f"Case {source.shown_number} is a chat with {source.client.name}, which cannot go on "
            "in a case of somebody else. Merge the other way round."
        )
    talks.update(case=kept)
