"""Replies to posts of user groups: they go where their signed address says, never into a case."""

from collections.abc import Iterator

from helpdesk.mail.models import InboundMail
from helpdesk.mail.reading import ReadMail
from helpdesk.mail.signing import read_own_message_id, read_reply_address
from helpdesk.mail.sorted import Sorted
from helpdesk.mail.states import InboundState
from helpdesk.people.models import Person
from knowledgebase.community import kinds, mail_replies


def settle(
    mail: InboundMail, read: ReadMail, recipients: tuple[str, ...], *, sender: Person | None
) -> Sorted | None:
    """The fate of a mail that answers a topic; None for any other mail.

    Who may write there is asked again (`security.md` T2): a token alone grants nothing.
    """
    topic_id = mail_replies.topic_named(_tokens(read, recipients))
    if topic_id is None:
        return None
    if read.auto_generated:
        return Sorted(InboundState.AUTOMATIC, "It answers a post by itself, so it is not posted.")
    words = read.reply_text.strip() or read.text
    posted = mail_replies.take(topic_id, words, sender=sender, mail_id=mail.pk, at=mail.received_at)
    if isinstance(posted, str):
        return Sorted(InboundState.QUARANTINED, posted)
    return Sorted(
        InboundState.REPLIED,
        "It joined a topic of a user group.",
        subject_kind=kinds.TOPIC,
        subject_id=topic_id,
    )


def _tokens(read: ReadMail, recipients: tuple[str, ...]) -> Iterator[str | None]:
    for address in recipients:
        yield read_reply_address(address)
    for message_id in read.in_reply_to_ids:
        yield read_own_message_id(message_id)
