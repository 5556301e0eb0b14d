"""What the one search box finds in the groups."""

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F
from django.urls import reverse

from helpdesk.finding.finding import Finder, Found, Search
from helpdesk.finding.snippets import MARK_BEGINS, MARK_ENDS
from knowledgebase.community.models import Post


def find(search: Search) -> list[Found]:
    """Posts with these words that the reader may read, the best first."""
    query = SearchQuery(search.words, config="english", search_type="websearch")
    headline = SearchHeadline(
        "text",
        query,
        config="english",
        start_sel=MARK_BEGINS,
        stop_sel=MARK_ENDS,
        max_words=30,
        min_words=10,
    )
    posts = (
        Post.objects.visible_to(search.reader)
        .filter(words=query)
        .select_related("topic__group")
        .annotate(rank=SearchRank(F("words"), query))
        .order_by("-rank", "-pk")[: search.most]
    )
    return [_found(post) for post in posts.annotate(headline=headline)]


def _found(post: Post) -> Found:
    topic = post.topic
    address = reverse("groups:topic", args=[topic.group.slug, topic.pk])
    headline: str = post.headline  # type: ignore[attr-defined]
    return Found(
        title=topic.title,
        url=f"{address}#post-{post.pk}",
        context=topic.group.name,
        snippet=headline,
        at=post.at,
    )


GROUPS = Finder("groups", "User groups", "users", find)
