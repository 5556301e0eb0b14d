"""The query words for articles. Everything that a reader gets starts from `visible_to`."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Count, Prefetch, Q, When

from helpdesk.people.models import Person
from knowledgebase.access import may_write

if TYPE_CHECKING:
    from knowledgebase.articles.models.writing import Article, Section, Translation  # noqa: F401 - of a class below


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
            Prefetch("translations", texts.english_first().select_related("latest"))
        )


class TranslationQuerySet(models.QuerySet["Translation"]):
    """Words that say which texts."""

    def english_first(self) -> Self:
        """In the order in which editors see them."""
        return self.order_by(Case(When(language="en", then=0), default=1), "language")


class SectionQuerySet(models.QuerySet["Section"]):
    """Words that say which sections."""

    def counting_for(self, person: Person | AnonymousUser) -> Self:
        """Each with `readable`: how many of its own articles `person` may read."""
        visible = apps.get_model("articles", "Article").objects.visible_to(person)
        counted = Count("articles", filter=Q(articles__in=visible.values("pk")))
        # An annotated query forgets the order of the model.
        return self.annotate(readable=counted).order_by("position", "pk")
