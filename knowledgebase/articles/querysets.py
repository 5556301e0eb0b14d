"""The query words for articles. Everything that a reader gets starts from `visible_to`."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Prefetch, Q

from helpdesk.people.models import Person
from knowledgebase.access import may_write

if TYPE_CHECKING:
    from knowledgebase.articles.models.writing import Article, Section  # noqa: F401 - of a class below


class ArticleQuerySet(models.QuerySet["Article"]):
    """Words that say which articles."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """The published articles that `person` may read."""
        published = self.filter(state="published")
        if not isinstance(person, Person) or not person.is_active:
            return published.filter(visibility="public")
        if person.is_staff_member:
            return published
        seen = Q(visibility__in=["public", "signed_in"])
        if person.organisation_id is not None:
            groups = apps.get_model("articles", "OrganisationGroup").objects
            own = groups.filter(organisations=person.organisation_id)
            seen |= Q(visibility="group", group__in=own.values("pk"))
        return published.filter(seen)

    def writable_by(self, person: Person | AnonymousUser) -> Self:
        """The articles that `person` may work on, drafts too: all for ours, none for others."""
        return self.all() if may_write(person) else self.none()

    def locked_one(self, pk: int) -> "Article":
        """Lock one row and return it as it is now. Raises Article.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def with_texts(self) -> Self:
        """With section, owner and all translations, in two statements for any number of rows."""
        texts = apps.get_model("articles", "Translation").objects
        return self.select_related("section", "owner").prefetch_related(
            Prefetch("translations", texts.select_related("latest").order_by("language"))
        )


class SectionQuerySet(models.QuerySet["Section"]):
    """Words that say which sections."""

    def counting_for(self, person: Person | AnonymousUser) -> Self:
        """Each with `readable`: how many of its own articles `person` may read."""
        visible = apps.get_model("articles", "Article").objects.visible_to(person)
        return self.annotate(
            readable=Count("articles", filter=Q(articles__in=visible.values("pk")))
        )
