"""Posts by mail to those who follow a topic, in batches, once to each; replies find back.

A post is its own work list, like an update of the status page (decision 0106). The Reply-To is
signed for the topic; who may write there is asked again when a reply comes.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from helpdesk.mail.outbox import Automatic, Mailbox, Priority, queue
from helpdesk.mail.rendering import render
from helpdesk.people.models import Person
from knowledgebase.community.models import Following, Post, Topic

BATCH = 100
MOST_BATCHES = 50
KIND = "group_post"
TOKEN = "g"  # noqa: S105 - the letter of a topic in signed addresses


def token_of(topic: Topic) -> str:
    """What stands for a topic in signed addresses and Message-IDs."""
    return f"{TOKEN}{topic.pk}"


def tell_followers(*, now: datetime) -> int:
    """Queue the mails of all posts that are not told yet; return how many were queued."""
    told = 0
    for _ in range(MOST_BATCHES):
        batch = _tell_batch(now)
        if batch is None:
            break
        told += batch
    return told


@transaction.atomic
def _tell_batch(now: datetime) -> int | None:
    untold = Post.objects.filter(told_at=None).select_related("topic__group").order_by("pk")
    post = untold.select_for_update(skip_locked=True, of=("self",)).first()
    if post is None:
        return None
    rows = _next_followers(post)
    for following in rows:
        if _may_read(following.person, post):
            _queue(post, following.person)
    if len(rows) < BATCH:
        post.told_at = now
    post.told_upto = rows[-1].pk if rows else post.told_upto
    post.save(update_fields=["told_upto", "told_at"])
    return len(rows)


def _next_followers(post: Post) -> list[Following]:
    followers = Following.objects.filter(
        topic_id=post.topic_id,
        gets_mail=True,
        pk__gt=post.told_upto,
        pk__lte=post.last_follower_id,
        person__is_active=True,
    ).exclude(person=post.author)
    return list(followers.select_related("person__organisation__region").order_by("pk")[:BATCH])


def _may_read(person: Person, post: Post) -> bool:
    """Asked when the mail is made: they may have left, or the post been hidden."""
    return Post.objects.visible_to(person).filter(pk=post.pk, is_hidden=False).exists()


def _queue(post: Post, person: Person) -> None:
    topic = post.topic
    address = reverse("groups:topic", args=[topic.group.slug, topic.pk])
    values = {
        "group": topic.group.name,
        "title": topic.title,
        "author": post.author_label,
        "text": post.text,
        "topic_url": f"{settings.SITE_URL}{address}",
    }
    mail = render(KIND, values, language=person.language)
    queue(
        Mailbox(person.email, person.name),
        kind=KIND,
        key=f"{post.pk}:{person.pk}",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        from_name=f"{post.author_label} ({topic.group.name})",
        thread=token_of(topic),
        automatic=Automatic.GENERATED,
        priority=Priority.NOTICE,
        language=person.language,
        subject_kind="topic",
        subject_id=topic.pk,
    )
