"""Which cases linked which articles."""

from django.db import models


class Citation(models.Model):
    """An article whose address stands in a public answer on a case: once a case."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="citations", db_index=False
    )
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="citations", db_index=False
    )
    message = models.ForeignKey("thread.Message", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "article", name="citation_once_a_case"),
        ]
        indexes = [models.Index("article", "at", "id", name="citation_newest")]

    def __str__(self) -> str:
        return f"article {self.article_id} on case {self.case_id}"
