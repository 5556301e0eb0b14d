"""Who may do what in a group: pure questions. What may be seen is asked of `visible_to`."""

from django.contrib.auth.models import AnonymousUser

from helpdesk.people.models import Person
from knowledgebase.community.models import Membership, Post, Topic

Reader = Person | AnonymousUser


def membership_of(reader: Reader, group_id: int) -> Membership | None:
    """The membership of `reader`, whatever its state."""
    if not isinstance(reader, Person):
        return None
    return Membership.objects.filter(person=reader, group_id=group_id).first()


def may_write(reader: Reader, membership: Membership | None) -> bool:
    """Members write; ours do everywhere."""
    if not isinstance(reader, Person) or not reader.is_active:
        return False
    return reader.is_staff_member or _has_joined(membership)


def may_reply(reader: Reader, membership: Membership | None, topic: Topic) -> bool:
    """Nobody writes on what is locked but ours."""
    is_ours = isinstance(reader, Person) and reader.is_staff_member
    return may_write(reader, membership) and (is_ours or not topic.is_locked)


def may_mark_solved(reader: Reader, topic: Topic) -> bool:
    """Who asked says what answered it; ours may too."""
    return _is_ours(reader) or (isinstance(reader, Person) and topic.author_id == reader.pk)


def may_report(reader: Reader, membership: Membership | None, post: Post) -> bool:
    return may_write(reader, membership) and post.author_id != reader.pk


def may_moderate(reader: Reader) -> bool:
    """Any of ours: what hurts somebody is hidden at once, not when a lead is back."""
    return _is_ours(reader)


def may_agree_to_move(reader: Reader, topic: Topic) -> bool:
    """Only the author of a topic says whether it may become a case."""
    return (
        isinstance(reader, Person)
        and topic.author_id == reader.pk
        and topic.move_asked_at is not None
        and topic.moved_at is None
    )


def _has_joined(membership: Membership | None) -> bool:
    return membership is not None and membership.state == Membership.State.JOINED


def _is_ours(reader: Reader) -> bool:
    return isinstance(reader, Person) and reader.is_active and reader.is_staff_member
