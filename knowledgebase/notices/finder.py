"""What the one search box finds on the status page."""

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.urls import reverse

from helpdesk.finding.finding import Finder, Found, Search
from knowledgebase.notices.models import Notice

# What is older is history; whoever wants it pages through it.
MOST_LOOKED_AT = 500


def find(search: Search) -> list[Found]:
    """The latest notices with these words in their title or updates."""
    query = SearchQuery(search.words, config="english", search_type="websearch")
    visible = Notice.objects.visible_to(search.reader)
    latest = visible.order_by("-updated_at").values("pk")[:MOST_LOOKED_AT]
    words = SearchVector("title", "updates__text", config="english")
    matching = visible.filter(pk__in=latest).annotate(words=words).filter(words=query)
    rows = visible.filter(pk__in=matching.values("pk")).order_by("-updated_at")[: search.most]
    return [_found(notice) for notice in rows]


def _found(notice: Notice) -> Found:
    return Found(
        title=notice.title,
        url=reverse("status:notice", args=[notice.pk]),
        context=f"{notice.get_kind_display()}, {notice.get_state_display()}",
        at=notice.updated_at,
    )


NOTICES = Finder("notices", "Status", "activity", find)
