"""What is searched: words that mean the same, and searches that found nothing."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Max, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.articles.actions import offering
from knowledgebase.articles.console.finding import chosen_language
from knowledgebase.articles.console.forms import SynonymsForm
from knowledgebase.articles.models import FruitlessSearch, SynonymGroup

MOST_SEARCHES = 100
MOST_GROUPS = 500
TALLIED = timedelta(days=30)


@staff_only
def synonyms(request: PersonRequest) -> HttpResponse:
    """The groups of words of one language; POST adds one."""
    language = chosen_language(request)
    form = SynonymsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        SynonymGroup.objects.create(language=language, words=form.cleaned_data["words"])
        messages.success(request, "Added. Searches use it from now on.")
        return redirect("article-editing:synonyms")
    groups = SynonymGroup.objects.filter(language=language)[:MOST_GROUPS]
    context = {"form": form, "groups": [(group, ", ".join(group.words)) for group in groups]}
    status = 422 if form.errors else 200
    return render(request, "console/articles/synonyms.html", context, status=status)


@staff_only
@require_POST
def change_synonyms(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a group anew, or with `remove` take it away."""
    group = get_object_or_404(SynonymGroup, pk=pk)
    form = SynonymsForm(request.POST)
    if "remove" in request.POST:
        group.delete()
        messages.success(request, "Taken away.")
    elif form.is_valid():
        SynonymGroup.objects.filter(pk=pk).update(words=form.cleaned_data["words"])
        messages.success(request, "Changed. Searches use it from now on.")
    else:
        messages.error(request, " ".join(map(str, form.errors["words"])))
    return redirect("article-editing:synonyms")


@staff_only
@require_GET
def searches(request: PersonRequest) -> HttpResponse:
    """What was looked for in vain within 90 days, and what likely answers did in 30."""
    now = timezone.now()
    context = {
        "rows": FruitlessSearch.objects.values("words")
        .annotate(total=Sum("times"), last=Max("on"))
        .order_by("-total", "words")[:MOST_SEARCHES],
        "tally": offering.tally(since=now - TALLIED, now=now),
    }
    return render(request, "console/articles/searches.html", context)
