"""What the API takes and tells of articles: every field is named here."""

from datetime import UTC
from typing import Any

from django.conf import settings
from rest_framework import serializers

from helpdesk.api.receiving import KnownFields
from helpdesk.finding.snippets import MARK_BEGINS, MARK_ENDS
from knowledgebase.articles.reading import Listed
from knowledgebase.articles.searching.ranking import Match


class ArticleListIn(KnownFields):
    """The query of the list."""

    lang = serializers.CharField(required=False, max_length=10)
    cursor = serializers.CharField(required=False, allow_blank=True, max_length=500)


class ArticleIn(KnownFields):
    """The query of one article."""

    lang = serializers.CharField(required=False, max_length=10)


class ArticleSearchIn(KnownFields):
    """The query of a search."""

    q = serializers.CharField(max_length=200)
    lang = serializers.CharField(required=False, max_length=10)


class ArticleOut(serializers.Serializer[Listed]):
    """An article as its row in a list, in one language."""

    number = serializers.IntegerField(source="article.pk")
    title = serializers.CharField(source="text.title")
    summary = serializers.CharField(source="text.summary")
    language = serializers.CharField(source="text.language")
    url = serializers.SerializerMethodField()
    updated_at = serializers.DateTimeField(source="article.updated_at", default_timezone=UTC)

    def get_url(self, one: Listed) -> str:
        return f"{settings.SITE_URL}{one.url}"


class WholeArticleOut(ArticleOut):
    """An article with its text: Markdown as it was written, and plain."""

    section = serializers.CharField(source="article.section.name")
    markdown = serializers.CharField(source="text.live.source")
    plain = serializers.SerializerMethodField()

    def get_plain(self, one: Listed) -> str:
        return str(self.context["plain"])


class ArticlePageOut(serializers.Serializer[Any]):
    """Some articles by number; `next` is the `cursor` of the next page."""

    next = serializers.CharField(allow_null=True)
    results = ArticleOut(many=True)


class MatchOut(serializers.Serializer[Match]):
    """An article that was found; `sureness` is the share of the question that it answers."""

    number = serializers.IntegerField(source="article_id")
    title = serializers.CharField()
    language = serializers.CharField()
    section = serializers.CharField()
    sureness = serializers.FloatField()
    snippet = serializers.SerializerMethodField()

    def get_snippet(self, match: Match) -> str:
        return match.snippet.replace(MARK_BEGINS, "").replace(MARK_ENDS, "")


class MatchesOut(serializers.Serializer[Any]):
    """What was found, best first."""

    results = MatchOut(many=True)
