"""Beginning an article, and saving what is written: each save is a revision."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from helpdesk.journal import writing as journal
from helpdesk.people.actors import Actor
from knowledgebase import kinds
from knowledgebase.articles.actions.refusing import Refused, TextChanged
from knowledgebase.articles.models import Article, Revision, Section, Translation

LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Writing:
    """What an editor wrote. `source` is Markdown; `note` says what changed."""

    title: str
    source: str
    summary: str = ""
    note: str = ""


@transaction.atomic
def begin(
    writing: Writing,
    *,
    section: Section,
    by: Actor,
    language: str = "en",
    imported_from: str = "",
) -> Article:
    """Make an article with its first revision: a draft that its author owns."""
    article = Article.objects.create(section=section, owner=by.person, imported_from=imported_from)
    save(article, writing, language=language, by=by)
    return article


@transaction.atomic
def save(
    article: Article,
    writing: Writing,
    *,
    language: str,
    by: Actor,
    seen: int | None = None,
    at: datetime | None = None,
) -> Revision:
    """Keep `writing` as the next revision of the article in `language`.

    Clients go on reading the live revision until somebody publishes. `seen` is the number of the
    revision that the editor began from. Raises TextChanged when there is a newer one.
    """
    locked = Article.objects.locked_one(article.pk)
    now = at or timezone.now()
    text, _ = Translation.objects.get_or_create(
        article=locked,
        language=language,
        defaults={"title": writing.title, "slug": slug_of(writing.title)},
    )
    latest = text.latest
    if seen is not None and latest is not None and latest.number != seen:
        raise TextChanged(by=latest.by_label)
    revision = Revision.objects.create(
        translation=text,
        number=_next_number(text),
        title=writing.title,
        summary=writing.summary,
        source=writing.source,
        note=writing.note,
        by=by.person,
        by_label=by.label,
        at=now,
    )
    text.latest = revision
    if text.live_id is None:
        show(text, revision)
    text.save()
    touch(locked, at=now)
    note(locked, by=by, what=f"the text ({language}), revision {revision.number}", at=now)
    return revision


def restore(revision: Revision, *, by: Actor) -> Revision:
    """Write what `revision` said once more, as the newest draft. Nothing is undone."""
    text = revision.translation
    writing = Writing(
        title=revision.title,
        source=revision.source,
        summary=revision.summary,
        note=f"Restored from revision {revision.number}",
    )
    if text.latest_id == revision.pk:
        raise Refused("This is the newest revision already.")
    return save(text.article, writing, language=text.language, by=by)


def show(text: Translation, revision: Revision) -> None:
    """Give `text` the title, address and summary of `revision`; the caller saves."""
    text.title, text.summary = revision.title, revision.summary
    text.slug = slug_of(revision.title)


def slug_of(title: str) -> str:
    """The readable part of an address. The number before it is what finds the article."""
    return slugify(title)[:LONGEST_SLUG].strip("-") or "article"


def touch(article: Article, *, at: datetime) -> None:
    Article.objects.filter(pk=article.pk).update(updated_at=at)
    article.updated_at = at


def note(article: Article, *, by: Actor, what: str, at: datetime) -> None:
    """Write into the journal what was changed."""
    journal.write(
        kinds.EDITED,
        subject_kind=kinds.ARTICLE,
        subject_id=article.pk,
        organisation_id=None,
        by=by,
        at=at,
        data={"what": what},
    )


def _next_number(text: Translation) -> int:
    last = text.revisions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
