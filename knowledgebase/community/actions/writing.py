"""Beginning a topic, replying, marking the answer, following, reacting, reading."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from helpdesk.attachments.models import StoredFile
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.community import kinds
from knowledgebase.community.actions.noting import Refused, note
from knowledgebase.community.mentions import mentioned_in
from knowledgebase.community.models import Following, Group, Membership, Post, Reaction, Topic

LONGEST = 20_000
MOST_MENTIONS = 20


@transaction.atomic
def begin(
    group: Group,
    *,
    title: str,
    text: str,
    author: Person,
    at: datetime,
    files: Iterable[StoredFile] = (),
) -> Topic:
    """Begin a topic; its author follows it."""
    topic = Topic.objects.create(group=group, title=title[:200], author=author, updated_at=at)
    _add(topic, text, author=author, at=at, files=files)
    note(topic, kinds.OPENED, by=Actor.of(author), at=at, title=topic.title)
    return topic


@transaction.atomic
def reply(
    topic: Topic,
    text: str,
    *,
    author: Person,
    at: datetime,
    files: Iterable[StoredFile] = (),
    inbound_mail_id: int | None = None,
) -> Post:
    """Write on a topic. Raises Refused on one that is locked, unless one of ours writes."""
    topic = Topic.objects.locked_one(topic.pk)
    if topic.is_locked and not author.is_staff_member:
        raise Refused("This topic is locked: nobody can write here any more. Your text was kept.")
    post = _add(topic, text, author=author, at=at, files=files, inbound_mail_id=inbound_mail_id)
    Topic.objects.filter(pk=topic.pk).update(updated_at=at)
    note(topic, kinds.REPLIED, by=Actor.of(author), at=at)
    return post


@transaction.atomic
def mark_solved(topic: Topic, post: Post | None, *, by: Actor, at: datetime) -> None:
    """Say which post answered the topic; None takes it back."""
    Topic.objects.filter(pk=topic.pk).update(solution=post)
    if post is not None:
        note(topic, kinds.SOLVED, by=by, at=at)


def react(post: Post, sign: str, *, person: Person) -> bool:
    """Put a sign on a post, or take it off again; return whether it is on now."""
    own = Reaction.objects.filter(post=post, person=person, sign=sign)
    if own.delete()[0]:
        return False
    Reaction.objects.bulk_create(
        [Reaction(post=post, person=person, sign=sign)], ignore_conflicts=True
    )
    return True


def follow(topic: Topic, person: Person, *, gets_mail: bool) -> None:
    """Send the posts of a topic to somebody by mail, or stop."""
    Following.objects.update_or_create(
        topic=topic, person=person, defaults={"gets_mail": gets_mail}
    )


def read(topic: Topic, person: Person, *, at: datetime) -> None:
    """Note how far somebody has read."""
    Following.objects.update_or_create(topic=topic, person=person, defaults={"seen_at": at})


def _add(
    topic: Topic,
    text: str,
    *,
    author: Person,
    at: datetime,
    files: Iterable[StoredFile],
    inbound_mail_id: int | None = None,
) -> Post:
    post = Post.objects.create(
        topic=topic,
        author=author,
        author_label=author.name,
        text=text[:LONGEST],
        at=at,
        inbound_mail_id=inbound_mail_id,
    )
    post.files.set(files)
    Group.objects.filter(pk=topic.group_id).update(last_post_at=at)
    _follow_what_concerns(topic, text, author)
    Following.objects.filter(topic=topic, person=author).update(seen_at=at)
    latest = topic.followings.order_by("-pk").values_list("pk", flat=True).first()
    Post.objects.filter(pk=post.pk).update(last_follower_id=latest or 0)
    return post


def _follow_what_concerns(topic: Topic, text: str, author: Person) -> None:
    """Who writes, who is mentioned and who wants every topic follow it, unless they stopped."""
    joined = Membership.objects.filter(group_id=topic.group_id, state=Membership.State.JOINED)
    named = joined.filter(handle__in=mentioned_in(text)[:MOST_MENTIONS])
    people = {author.pk, *named.values_list("person_id", flat=True)}
    if not topic.followings.exists():
        people |= set(joined.filter(wants_mail=True).values_list("person_id", flat=True))
    Following.objects.bulk_create(
        [Following(topic=topic, person_id=pk, gets_mail=True) for pk in sorted(people)],
        ignore_conflicts=True,
    )
