"""Likely answers for what is being typed: a fragment for the case form and the chat pop-up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from helpdesk.finding.finding import MOST_TYPED
from helpdesk.finding.snippets import shown
from helpdesk.people.models import Person
from helpdesk.people.sign_in import limits
from knowledgebase.articles import reading
from knowledgebase.articles.actions import offering
from knowledgebase.articles.searching.finder import found_of
from knowledgebase.articles.searching.likely import likely_answers

ASKED = limits.Limit("likely answers", 120, 60)


@require_GET
def likely(request: HttpRequest) -> HttpResponse:
    """The best passages for `?subject=`, or nothing at all."""
    subject = request.GET.get("subject", "").strip()[:MOST_TYPED]
    if not limits.attempt(ASKED, limits.place_of(request)).is_allowed:
        return HttpResponse(status=204)
    matches = likely_answers(subject, reader=request.user, languages=reading.languages_for(request))
    if isinstance(request.user, Person):
        offering.offer([match.article_id for match in matches], to=request.user, now=timezone.now())
    found = [found_of(match) for match in matches]
    context = {"answers": [(one, shown(one.snippet)) for one in found]}
    return render(request, "portal/help/_likely.html", context)
