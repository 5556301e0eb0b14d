"""Articles as they are kept: the tree, what is written, and who may read it.

Only `knowledgebase.articles.actions` writes these. What readers make (feedback, views, searches)
stands in `records.py`, the words of the search in `words.py`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from knowledgebase.articles.querysets import ArticleQuerySet, SectionQuerySet, TranslationQuerySet

DEEPEST = 2


class Visibility(models.TextChoices):
    """Who may read an article once it is published."""

    PUBLIC = "public", "Everybody"
    SIGNED_IN = "signed_in", "Signed-in people"
    GROUP = "group", "A group of organisations"
    AGENTS = "agents", "Agents only"


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Section(models.Model):
    """A node of the one tree. A section without a parent is a collection."""

    name = models.CharField(max_length=100)
    summary = models.CharField(max_length=250, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    position = models.PositiveIntegerField(default=0)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(depth__lte=DEEPEST), name="section_not_too_deep"),
            models.CheckConstraint(
                condition=Q(depth=0, parent=None) | Q(depth__gt=0, parent__isnull=False),
                name="section_depth_fits_parent",
            ),
            models.UniqueConstraint(
                "parent", "name", name="section_name_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationGroup(models.Model):
    """Organisations who may read the same articles: a product's owners, a pilot."""

    name = models.CharField(max_length=100, unique=True)
    organisations = models.ManyToManyField(
        "people.Organisation", related_name="article_groups", blank=True
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One thing that we explain, in one language or several."""

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="articles", db_index=False
    )
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    group = models.ForeignKey(
        OrganisationGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_articles",
    )
    review_on = models.DateField(null=True, blank=True)
    withdraw_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    related = models.ManyToManyField("self", symmetrical=False, related_name="related_from")
    # Where an import took it from; the same place is the same article the next time.
    imported_from = models.CharField(max_length=300, blank=True, editable=False)
    view_count = models.PositiveIntegerField(default=0, editable=False)
    yes_count = models.PositiveIntegerField(default=0, editable=False)
    no_count = models.PositiveIntegerField(default=0, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="article_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="article_visibility_is_known"
            ),
            models.CheckConstraint(
                condition=Q(visibility="group", group__isnull=False)
                | (~Q(visibility="group") & Q(group=None)),
                name="article_group_fits_visibility",
            ),
            models.UniqueConstraint(
                "imported_from", name="article_imported_once", condition=~Q(imported_from="")
            ),
        ]
        indexes = [
            models.Index(fields=["section", "-view_count", "id"], name="article_in_section"),
            models.Index("updated_at", "id", name="article_newest"),
            models.Index("state", "updated_at", "id", name="article_by_state"),
            models.Index(
                "review_on", "id", name="article_review", condition=Q(review_on__isnull=False)
            ),
            models.Index(
                "withdraw_at", name="article_withdraw_due", condition=Q(withdraw_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"article {self.pk}"

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


class Translation(models.Model):
    """An article in one language: what is live, what is being written, what is to come.

    `title`, `slug` and `summary` are those of the live revision, or of the latest one while
    none is live.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="translations", db_index=False
    )
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=150)
    slug = models.CharField(max_length=80)
    summary = models.CharField(max_length=300, blank=True)
    live = models.ForeignKey(
        "Revision", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    latest = models.ForeignKey(
        "Revision", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # What was agreed when it was scheduled: an edit after that does not go out with it.
    scheduled = models.ForeignKey(
        "Revision", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    publish_at = models.DateTimeField(null=True, editable=False)
    # Who scheduled it, for the journal.
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    objects = TranslationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("article", "language", name="translation_once_a_language"),
            models.CheckConstraint(
                condition=Q(publish_at=None, scheduled=None)
                | Q(publish_at__isnull=False, scheduled__isnull=False),
                name="translation_schedule_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                "publish_at", name="translation_due", condition=Q(publish_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ahead(self) -> bool:
        """Whether something newer than what clients read is being written."""
        return self.latest_id != self.live_id


class Revision(models.Model):
    """What was written at one time. Never changed: restoring writes a new one."""

    translation = models.ForeignKey(
        Translation, on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    summary = models.CharField(max_length=300, blank=True)
    source = models.TextField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("translation"), F("number").desc(), name="revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class ArticleFile(models.Model):
    """A picture or file of an article; whoever may read the article may have it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(
        "attachments.StoredFile", on_delete=models.PROTECT, related_name="article_file"
    )
    # The name by which the text refers to it: `![Receipt](cid:…)`.
    public_id = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id
