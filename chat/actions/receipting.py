"""What has reached whom: delivered and read, as the highest number of each."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least

from chat.models import Conversation


@transaction.atomic
def note_client(conversation_id: int, *, delivered: int, read: int) -> None:
    """Note up to which line a client's browser has, and up to which they have seen.

    A line of ours that was taken in time is not mailed. Numbers beyond the last line count as it.
    """
    rows = Conversation.objects.filter(pk=conversation_id)
    rows.update(
        client_delivered=Greatest(
            F("client_delivered"), Least(F("last_public_number"), max(delivered, read))
        ),
        client_read=Greatest(F("client_read"), Least(F("last_public_number"), read)),
    )
    conversation = rows.get()
    conversation.lines.filter(
        mail_due_at__isnull=False, public_number__lte=conversation.client_delivered
    ).update(mail_due_at=None)


def note_ours(conversation_id: int, *, read: int) -> None:
    """Note up to which of their lines the agent has seen; `read` is a public number."""
    Conversation.objects.filter(pk=conversation_id).update(
        ours_read=Greatest(F("ours_read"), Least(F("last_public_number"), read))
    )
