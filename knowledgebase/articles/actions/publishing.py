"""Publishing and withdrawing: now, or at a time that a sweep keeps."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from helpdesk.journal import writing as journal
from helpdesk.people.actors import SYSTEM, Actor
from knowledgebase import kinds
from knowledgebase.access import may_publish
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.actions.writing import note, show
from knowledgebase.articles.models import Article, Revision, State, Translation

ONLY_LEADS = "Leads decide what clients read. Ask one of them to publish this; it is kept."


@transaction.atomic
def publish(text: Translation, *, by: Actor, at: datetime | None = None) -> None:
    """Let readers have the latest revision of `text` from now on. Raises Refused."""
    locked = _locked(text, by=by)
    if locked.latest is None:
        raise Refused("There is nothing to publish yet.")
    _go_live(locked, locked.latest, by=by, at=at or timezone.now())


@transaction.atomic
def schedule(text: Translation, *, publish_at: datetime, by: Actor, now: datetime) -> None:
    """Publish the latest revision at `publish_at`; what is saved after this does not go with it.

    Raises Refused for a time that is past.
    """
    locked = _locked(text, by=by)
    if publish_at <= now:
        raise Refused("That time is past. Choose a later one, or publish now.")
    locked.scheduled, locked.publish_at = locked.latest, publish_at
    locked.scheduled_by = by.person
    locked.save()
    note(locked.article, by=by, what=f"when it is published ({locked.language})", at=now)


@transaction.atomic
def unschedule(text: Translation, *, by: Actor, now: datetime) -> None:
    """Publish nothing by itself any more."""
    locked = _locked(text, by=by)
    _forget_schedule(locked)
    locked.save()
    note(locked.article, by=by, what=f"when it is published ({locked.language})", at=now)


@transaction.atomic
def withdraw(article: Article, *, by: Actor, reason: str = "", at: datetime | None = None) -> None:
    """Take an article away from readers, in every language. Its texts stay."""
    _refuse_others(by)
    locked = Article.objects.locked_one(article.pk)
    if not locked.is_published:
        raise Refused("This article is not published, so there is nothing to withdraw.")
    _withdraw(locked, by=by, reason=reason, at=at or timezone.now())


@transaction.atomic
def withdraw_at(article: Article, *, at: datetime | None, by: Actor, now: datetime) -> None:
    """Withdraw the article at that time, or with None at no time."""
    _refuse_others(by)
    if at is not None and at <= now:
        raise Refused("That time is past. Choose a later one, or withdraw it now.")
    locked = Article.objects.locked_one(article.pk)
    Article.objects.filter(pk=locked.pk).update(withdraw_at=at, updated_at=now)
    note(locked, by=by, what="when it is withdrawn", at=now)


def publish_due(*, now: datetime, most: int = 100) -> int:
    """Publish what is scheduled for `now` or before; each once, by any number of workers."""
    done = 0
    while done < most and _publish_next(now=now):
        done += 1
    return done


def withdraw_due(*, now: datetime, most: int = 100) -> int:
    """Withdraw what is due; each once, by any number of workers."""
    done = 0
    while done < most and _withdraw_next(now=now):
        done += 1
    return done


@transaction.atomic
def _publish_next(*, now: datetime) -> bool:
    """Claim one article and publish what is due of it; its row is locked first, as by a door."""
    article = (
        Article.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(translations__publish_at__lte=now)
        .order_by("pk")
        .first()
    )
    if article is None:
        return False
    due = article.translations.filter(publish_at__lte=now)
    for text in due.select_related("scheduled", "scheduled_by", "article"):
        by = Actor.of(text.scheduled_by) if text.scheduled_by else SYSTEM
        if text.scheduled is not None:
            _go_live(text, text.scheduled, by=by, at=now)
    return True


@transaction.atomic
def _withdraw_next(*, now: datetime) -> bool:
    article = (
        Article.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(withdraw_at__lte=now)
        .order_by("withdraw_at", "pk")
        .first()
    )
    if article is None:
        return False
    _withdraw(article, by=SYSTEM, reason="Its time was over.", at=now)
    return True


def _go_live(text: Translation, revision: Revision, *, by: Actor, at: datetime) -> None:
    text.live = revision
    show(text, revision)
    _forget_schedule(text)
    text.save()
    article = text.article
    article.state, article.updated_at = State.PUBLISHED, at
    article.published_at = article.published_at or at
    article.save(update_fields=["state", "updated_at", "published_at"])
    journal.write(
        kinds.PUBLISHED,
        subject_kind=kinds.ARTICLE,
        subject_id=article.pk,
        organisation_id=None,
        by=by,
        at=at,
        data={"text": text.pk, "title": revision.title, "language": text.language},
    )


def _withdraw(article: Article, *, by: Actor, reason: str, at: datetime) -> None:
    article.state, article.withdraw_at, article.updated_at = State.WITHDRAWN, None, at
    article.save(update_fields=["state", "withdraw_at", "updated_at"])
    article.translations.update(scheduled=None, publish_at=None, scheduled_by=None)
    journal.write(
        kinds.WITHDRAWN,
        subject_kind=kinds.ARTICLE,
        subject_id=article.pk,
        organisation_id=None,
        by=by,
        at=at,
        data={"reason": reason},
    )


def _locked(text: Translation, *, by: Actor) -> Translation:
    """Lock the article, which guards its texts, and return the text as it is now."""
    _refuse_others(by)
    Article.objects.locked_one(text.article_id)
    return Translation.objects.select_related("latest", "article").get(pk=text.pk)


def _refuse_others(by: Actor) -> None:
    if by.person is None or not may_publish(by.person):
        raise Refused(ONLY_LEADS)


def _forget_schedule(text: Translation) -> None:
    text.scheduled = text.publish_at = text.scheduled_by = None
