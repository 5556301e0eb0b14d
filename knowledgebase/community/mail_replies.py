"""A reply by mail to a post: the door for the mailroom, which lies above."""

from collections.abc import Iterable
from datetime import datetime

from helpdesk.people.models import Person
from knowledgebase.community import access
from knowledgebase.community.actions import writing
from knowledgebase.community.actions.noting import Refused
from knowledgebase.community.models import Post, Topic
from knowledgebase.community.telling import TOKEN


def topic_named(tokens: Iterable[str | None]) -> int | None:
    """The topic that a signed token of ours stands for, if one of `tokens` does."""
    for token in tokens:
        if token and token.startswith(TOKEN) and token[len(TOKEN) :].isdigit():
            return int(token[len(TOKEN) :])
    return None


def take(
    topic_id: int, text: str, *, sender: Person | None, mail_id: int, at: datetime
) -> Post | str:
    """Add a reply to its topic, or say in a sentence why not. The same mail is taken once."""
    known = Post.objects.filter(inbound_mail_id=mail_id).first()
    if known is not None:
        return known
    topic = sender and Topic.objects.visible_to(sender).filter(pk=topic_id).first()
    if sender is None or not topic:
        return "It answers a topic of a user group in which its sender has no part."
    if sender.is_staff_member:
        return "It claims to be from one of ours. We answer in the Help Center, not by mail."
    membership = access.membership_of(sender, topic.group_id)
    if not access.may_reply(sender, membership, topic):
        return "It answers a topic on which its sender may not write."
    if not text.strip():
        return "It answers a topic of a user group with no words of its own."
    try:
        return writing.reply(topic, text, author=sender, at=at, inbound_mail_id=mail_id)
    except Refused as refusal:
        return str(refusal)
