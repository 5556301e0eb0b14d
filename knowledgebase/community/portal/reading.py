"""What the pages of the groups show, each in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404

from helpdesk.attachments.models import StoredFile
from helpdesk.markup.text import html_of_text
from helpdesk.people.models import Person
from knowledgebase.community.mentions import mentioned_in, with_marks
from knowledgebase.community.models import Following, Group, Membership, Post, Reaction, Topic
from knowledgebase.community.presenting import shown_beside

MOST_POSTS = 50


@dataclass(frozen=True, slots=True)
class Sign:
    """One reaction under a post."""

    value: str
    label: str
    count: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post as its readers see it."""

    post: Post
    html: str
    beside: str
    signs: tuple[Sign, ...]
    files: tuple[StoredFile, ...]
    is_own: bool
    is_new: bool


def group_or_404(reader: Person, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(reader), slug=slug)


def topic_or_404(reader: Person, slug: str, pk: int) -> Topic:
    topics = Topic.objects.visible_to(reader).select_related("group", "author")
    return get_object_or_404(topics, pk=pk, group__slug=slug)


def post_or_404(reader: Person, pk: int) -> Post:
    posts = Post.objects.visible_to(reader).select_related("topic__group")
    return get_object_or_404(posts, pk=pk)


def readable_or_404(reader: Person, group: Group) -> Group:
    """The same group, if its topics may be read. Raises Http404."""
    if not Group.objects.readable_by(reader).filter(pk=group.pk).exists():
        raise Http404("There is no such page for you.")
    return group


def with_unread(topics: list[Topic], reader: Person) -> list[tuple[Topic, bool]]:
    """Each topic, and whether somebody wrote there since the reader last looked."""
    seen = dict(
        Following.objects.filter(topic__in=topics, person=reader).values_list("topic_id", "seen_at")
    )
    return [(topic, _is_unread(topic, seen.get(topic.pk))) for topic in topics]


def shown_posts(posts: list[Post], reader: Person, *, since: datetime | None) -> list[ShownPost]:
    """The posts with their signs, files and authors."""
    signs = _signs(posts, reader)
    beside = shown_beside(post.author_id for post in posts if post.author_id)
    known = _known_handles(posts)
    return [
        ShownPost(
            post=post,
            html=with_marks(html_of_text(post.text).html, known),
            beside=beside.get(post.author_id or 0, ""),
            signs=signs[post.pk],
            files=tuple(post.files.all()),
            is_own=post.author_id == reader.pk,
            is_new=since is not None and post.at > since and post.author_id != reader.pk,
        )
        for post in posts
    ]


def members_of(group: Group) -> int:
    return group.memberships.filter(state=Membership.State.JOINED).count()


def _is_unread(topic: Topic, seen_at: datetime | None) -> bool:
    return seen_at is None or topic.updated_at > seen_at


def _known_handles(posts: Iterable[Post]) -> frozenset[str]:
    named = {handle for post in posts for handle in mentioned_in(post.text)}
    groups = {post.topic.group_id for post in posts}
    known = Membership.objects.filter(group_id__in=groups, handle__in=named)
    return frozenset(known.values_list("handle", flat=True)) if named else frozenset()


def _signs(posts: list[Post], reader: Person) -> dict[int, tuple[Sign, ...]]:
    on = Reaction.objects.filter(post__in=posts)
    rows = on.values_list("post_id", "sign").annotate(count=Count("pk")).order_by()
    counts = {(post, sign): count for post, sign, count in rows}
    own = set(on.filter(person=reader).values_list("post_id", "sign"))
    return {
        post.pk: tuple(
            Sign(value, label, counts.get((post.pk, value), 0), (post.pk, value) in own)
            for value, label in Reaction.Sign.choices
        )
        for post in posts
    }
