"""Reporting, hiding, locking, and asking whether a topic may become a case."""

from datetime import datetime

from django.db import transaction

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.community import access, kinds
from knowledgebase.community.actions.noting import Refused, note
from knowledgebase.community.models import Post, Report, Topic


@transaction.atomic
def report(post: Post, *, person: Person, reason: str, at: datetime) -> Report:
    """Tell ours that a post is wrong; once a person and post."""
    known = post.reports.filter(person=person).first()
    if known is not None:
        return known
    made = post.reports.create(person=person, reason=reason[:500])
    note(post.topic, kinds.REPORTED, by=Actor.of(person), at=at, reason=made.reason)
    return made


@transaction.atomic
def hide(post: Post, *, by: Actor, at: datetime) -> None:
    """Take a post out of sight; with the first one goes its whole topic."""
    Post.objects.filter(pk=post.pk).update(is_hidden=True)
    if _is_first(post):
        Topic.objects.filter(pk=post.topic_id).update(is_hidden=True)
    decide(post, by=by, at=at)
    note(post.topic, kinds.MODERATED, by=by, at=at, what="hid a post")


@transaction.atomic
def show(post: Post, *, by: Actor, at: datetime) -> None:
    """Bring a hidden post back."""
    Post.objects.filter(pk=post.pk).update(is_hidden=False)
    if _is_first(post):
        Topic.objects.filter(pk=post.topic_id).update(is_hidden=False)
    decide(post, by=by, at=at)
    note(post.topic, kinds.MODERATED, by=by, at=at, what="showed a post again")


def decide(post: Post, *, by: Actor, at: datetime) -> None:
    """Settle what was reported of a post, whichever way."""
    post.reports.filter(decided_at=None).update(decided_at=at, decided_by=by.label[:200])


@transaction.atomic
def lock(topic: Topic, *, is_locked: bool, by: Actor, at: datetime) -> None:
    """Let nobody write on a topic any more, or let them again."""
    Topic.objects.filter(pk=topic.pk).update(is_locked=is_locked)
    what = "locked the topic" if is_locked else "opened the topic again"
    note(topic, kinds.MODERATED, by=by, at=at, what=what)


@transaction.atomic
def ask_to_move(topic: Topic, *, by: Actor, at: datetime) -> None:
    """Ask the author whether this may become a case. Raises Refused where nobody can say yes."""
    topic = Topic.objects.locked_one(topic.pk)
    if topic.author is None or topic.author.is_staff_member or topic.moved_at is not None:
        raise Refused("Only the topic of a client can become a case, once. Nothing was changed.")
    Topic.objects.filter(pk=topic.pk).update(move_asked_at=at)
    note(topic, kinds.MODERATED, by=by, at=at, what="asked whether this may become a case")


@transaction.atomic
def agree_to_move(topic: Topic, *, author: Person, at: datetime) -> None:
    """The author agrees: the case is opened by a reaction, and the topic is locked."""
    topic = Topic.objects.locked_one(topic.pk)
    if not access.may_agree_to_move(author, topic):
        raise Refused("Nobody asks that any more. Nothing was changed.")
    Topic.objects.filter(pk=topic.pk).update(moved_at=at, is_locked=True)
    note(topic, kinds.MOVE_AGREED, by=Actor.of(author), at=at)


def decline_move(topic: Topic) -> None:
    """The author does not agree: the topic stays what it is."""
    Topic.objects.filter(pk=topic.pk, moved_at=None).update(move_asked_at=None)


def _is_first(post: Post) -> bool:
    return not Post.objects.filter(topic_id=post.topic_id, pk__lt=post.pk).exists()
