"""What is written on the case from elsewhere (mail, console, Help Center) shows in its chat."""

from cases.thread.models import Message
from chat.models import Conversation, Line
from chat.numbering import COUNTERS, NewLine, add_line
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor

FILED = "chat:"


def hear_thread(entry: Entry) -> None:
    """React to a public message on a case: its latest conversation gets a line, once.

    Where nobody vouched for who sits before the browser only ours read it: the real owner of the
    address may have written there.
    """
    message = Message.objects.public().select_related("author").get(pk=entry.data["message"])
    latest = Conversation.objects.filter(case_id=entry.subject_id).order_by("-pk").first()
    if latest is None or message.client_key.startswith(FILED):
        return
    locked = Conversation.objects.locked_one(latest.pk)
    if Line.objects.filter(message=message).exists():
        return
    new = NewLine(
        kind=Line.Kind.THREAD,
        text=message.text,
        is_ours=message.is_ours,
        is_public=locked.is_vouched,
        files=[held.file for held in message.files.select_related("file")],
        message_id=message.pk,
    )
    add_line(locked, new, by=Actor(message.author, message.author_label), at=message.at)
    locked.save(update_fields=COUNTERS)
