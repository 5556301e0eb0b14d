"""Reading and searching articles: what the token's person may read."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.api.paging import page_after
from helpdesk.api.views import ApiView
from helpdesk.paging.keyset import Order
from knowledgebase.articles import reading
from knowledgebase.articles.api.fields import (
    ArticleIn,
    ArticleListIn,
    ArticleOut,
    ArticlePageOut,
    ArticleSearchIn,
    MatchesOut,
    MatchOut,
    WholeArticleOut,
)
from knowledgebase.articles.languages import preferred
from knowledgebase.articles.models import Article
from knowledgebase.articles.reading import Listed
from knowledgebase.articles.searching.ranking import search

BY_NUMBER = Order("id", is_descending=False)


class ArticleView(ApiView):
    """What the views of articles share."""

    def languages(self, values: dict[str, Any]) -> Sequence[str]:
        return preferred([values.get("lang", ""), self.reader.language])


class Articles(ArticleView):
    """The articles that the token's person may read, by number."""

    @extend_schema(
        operation_id="articles_list", parameters=[ArticleListIn], responses=ArticlePageOut
    )
    def get(self, request: Request) -> Response:
        values = ArticleListIn.read(request.query_params.dict())
        visible = Article.objects.visible_to(self.reader)
        rows, after = page_after(values.get("cursor", ""), visible, order=BY_NUMBER)
        shown = reading.listed(rows, self.languages(values))
        return Response({"next": after, "results": [ArticleOut(one).data for one in shown]})


class OneArticle(ArticleView):
    """One article with its text."""

    @extend_schema(parameters=[ArticleIn], responses=WholeArticleOut)
    def get(self, request: Request, pk: int) -> Response:
        values = ArticleIn.read(request.query_params.dict())
        article = reading.article_or_404(self.reader, pk)
        text = reading.best_of(reading.texts_of(article), self.languages(values))
        plain = reading.page_of(text.live, article).plain if text.live else ""
        return Response(WholeArticleOut(Listed(article, text), context={"plain": plain}).data)


class ArticleSearch(ArticleView):
    """Articles that answer a question, best first."""

    @extend_schema(
        operation_id="articles_search", parameters=[ArticleSearchIn], responses=MatchesOut
    )
    def get(self, request: Request) -> Response:
        values = ArticleSearchIn.read(request.query_params.dict())
        found = search(values["q"], reader=self.reader, languages=self.languages(values))
        return Response({"results": [MatchOut(match).data for match in found]})
