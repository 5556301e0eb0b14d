"""Publishing, withdrawing, and noting that an article was read through."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.people.actors import Actor
from helpdesk.people.gates import leads_only, staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.articles.actions import publishing, settling
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.console.finding import article_or_404, chosen_language, text_or_404
from knowledgebase.articles.console.forms import PublicationForm, WithdrawalForm

REVIEW_AGAIN_AFTER = timedelta(days=180)


@leads_only
@require_POST
def publication(request: PersonRequest, pk: int) -> HttpResponse:
    """Publish now or at a time; `stop` publishes nothing by itself any more."""
    article = article_or_404(request, pk)
    text = text_or_404(article, chosen_language(request))
    form = PublicationForm(request.POST)
    by, now = Actor.of(request.user), timezone.now()
    try:
        if not form.is_valid():
            raise Refused("Choose a day and a time, or leave it empty to publish now.")
        at = form.cleaned_data["publish_at"]
        if "stop" in request.POST:
            publishing.unschedule(text, by=by, now=now)
        elif at is not None:
            publishing.schedule(text, publish_at=at, by=by, now=now)
        else:
            publishing.publish(text, by=by, at=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Done.")
    return redirect(f"{reverse('article-editing:edit', args=[pk])}?lang={text.language}")


@leads_only
@require_POST
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Withdraw now or at a time; `stop` withdraws nothing by itself any more."""
    article = article_or_404(request, pk)
    form = WithdrawalForm(request.POST)
    by, now = Actor.of(request.user), timezone.now()
    try:
        if not form.is_valid():
            raise Refused("Choose a day and a time, or leave it empty to withdraw now.")
        at = form.cleaned_data["withdraw_at"]
        if at is not None or "stop" in request.POST:
            publishing.withdraw_at(article, at=at, by=by, now=now)
        else:
            publishing.withdraw(article, by=by, reason=form.cleaned_data["reason"], at=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Done.")
    return redirect("article-editing:edit", pk=pk)


@staff_only
@require_POST
def review(request: PersonRequest, pk: int) -> HttpResponse:
    """It was read through and is right; look again in half a year."""
    article = article_or_404(request, pk)
    next_on = timezone.now().date() + REVIEW_AGAIN_AFTER
    settling.reviewed(article, by=Actor.of(request.user), next_on=next_on)
    messages.success(request, f"Noted. It comes up again on {next_on:%d %b %Y}.")
    return redirect("article-editing:edit", pk=pk)
