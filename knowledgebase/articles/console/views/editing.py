"""Writing: begin an article, save a revision, see how it will look, settle what stands beside."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from helpdesk.attachments.storing import FileRefused, StorageUnavailable
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.access import may_publish
from knowledgebase.articles import languages, reading
from knowledgebase.articles.actions import enclosing, settling, writing
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.console.finding import article_or_404, chosen_language, text_or_none
from knowledgebase.articles.console.forms import (
    BeginForm,
    FactsForm,
    PublicationForm,
    TextForm,
    WithdrawalForm,
)
from knowledgebase.articles.models import Article, Section, Translation
from knowledgebase.articles.text.page import MOST_CHARACTERS, page_of_markdown


@staff_only
def begin(request: PersonRequest) -> HttpResponse:
    """A new article: a draft until a lead publishes it."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        article = writing.begin(
            form.writing(), section=form.cleaned_data["section"], by=Actor.of(request.user)
        )
        messages.success(request, "Saved as a draft. Clients do not see it yet.")
        return redirect("article-editing:edit", pk=article.pk)
    context = {"form": form, "has_sections": Section.objects.exists()}
    status = 422 if form.errors else 200
    return render(request, "console/articles/new.html", context, status=status)


@staff_only
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """The text in one language and all that belongs to the article; POST saves a revision."""
    article = article_or_404(request, pk)
    language = chosen_language(request)
    text = text_or_none(article, language)
    form = TextForm(request.POST or None, initial=_initial(text))
    if request.method == "POST" and form.is_valid():
        try:
            revision = writing.save(
                article,
                form.writing(),
                language=language,
                by=Actor.of(request.user),
                seen=form.cleaned_data["seen"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Saved as revision {revision.number}.")
            return redirect(f"{reverse('article-editing:edit', args=[pk])}?lang={language}")
    context = _context(request, article, text, language=language) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "console/articles/edit.html", context, status=status)


@staff_only
@require_POST
def preview(request: PersonRequest) -> HttpResponse:
    """How the text that is being written will look."""
    source = request.POST.get("source", "")[:MOST_CHARACTERS]
    named = request.POST.get("article", "")
    number = int(named) if named.isascii() and named.isdigit() and len(named) < 10 else 0
    article = Article.objects.writable_by(request.user).filter(pk=number).first()
    pictures = reading.pictures_of(article) if article else {}
    page = page_of_markdown(source, pictures=pictures)
    return render(request, "console/articles/_preview.html", {"page": page})


@staff_only
@require_POST
def facts(request: PersonRequest, pk: int) -> HttpResponse:
    """Settle place, readers, owner, review and neighbours."""
    article = article_or_404(request, pk)
    form = FactsForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect("article-editing:edit", pk=pk)
    try:
        settling.settle(article, form.facts(), by=Actor.of(request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Settled.")
    return redirect("article-editing:edit", pk=pk)


@staff_only
@require_POST
def add_file(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a picture or file of the article; the page then says how to refer to it."""
    article = article_or_404(request, pk)
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        messages.error(request, "Choose a file first.")
        return redirect("article-editing:edit", pk=pk)
    try:
        enclosing.enclose(
            article, sent.read(), filename=sent.name or "file", by=Actor.of(request.user)
        )
    except (FileRefused, StorageUnavailable) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Kept. Copy its line into the text where it belongs.")
    return redirect(f"{reverse('article-editing:edit', args=[pk])}#files")


def _initial(text: Translation | None) -> dict[str, Any]:
    latest = text.latest if text else None
    if latest is None:
        return {}
    return {
        "title": latest.title,
        "summary": latest.summary,
        "source": latest.source,
        "seen": latest.number,
    }


def _context(
    request: PersonRequest, article: Article, text: Translation | None, *, language: str
) -> dict[str, Any]:
    latest = text.latest if text else None
    related = article.related.values_list("pk", flat=True)
    return {
        "article": article,
        "text": text,
        "language": language,
        "languages": [
            (code, languages.name_of(code), code == language) for code in languages.offered()
        ],
        "page": page_of_markdown(latest.source, pictures=reading.pictures_of(article))
        if latest
        else None,
        "files": article.files.select_related("file"),
        "facts": FactsForm(
            initial={
                "section": article.section_id,
                "visibility": article.visibility,
                "group": article.group_id,
                "owner": article.owner_id,
                "review_on": article.review_on,
                "related": ", ".join(str(pk) for pk in related),
            }
        ),
        "publication": PublicationForm(),
        "withdrawal": WithdrawalForm(),
        "may_publish": may_publish(request.user),
    }
