"""What readers leave behind: whether it helped, views, searches, answers that were offered."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Feedback(models.Model):
    """Whether an article helped one reader, once; a reason when it did not."""

    class Reason(models.TextChoices):
        NOT_MY_QUESTION = "not_my_question", "It does not answer my question"
        UNCLEAR = "unclear", "It is hard to follow"
        WRONG = "wrong", "It is wrong or out of date"
        TRIED = "tried", "I did that and it did not work"
        OTHER = "other", "Something else"

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="feedback", db_index=False
    )
    # A person's id, or a digest of the session of somebody who is not signed in.
    reader_key = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    was_helpful = models.BooleanField()
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("article", "reader_key", name="feedback_once_a_reader"),
        ]
        indexes = [
            models.Index("at", "id", name="feedback_newest", condition=Q(was_helpful=False)),
        ]

    def __str__(self) -> str:
        return f"{self.reason or self.was_helpful} on {self.article_id}"


class ArticleDay(models.Model):
    """How often an article was read on one day (UTC)."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="days", db_index=False
    )
    on = models.DateField()
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("article", "on", name="article_day_once")]

    def __str__(self) -> str:
        return f"{self.article_id} on {self.on}"


class FruitlessSearch(models.Model):
    """Words that found nothing on one day, and how often. Nothing is kept of who searched."""

    words = models.CharField(max_length=200)
    on = models.DateField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint("words", "on", name="fruitless_once_a_day")]
        indexes = [models.Index("on", name="fruitless_by_day")]

    def __str__(self) -> str:
        return self.words


class Offer(models.Model):
    """An article that was offered to somebody while they typed the subject of a case.

    It spared a case when it was opened and they opened none within `SPARED_AFTER`
    (`actions/offering.py`; docs/decisions/0103).
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="offers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    on = models.DateField()
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    case_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "article", "on", name="offer_once_a_day"),
        ]
        indexes = [models.Index("at", name="offer_by_time")]

    def __str__(self) -> str:
        return f"{self.article_id} for {self.person_id}"
