"""Queues and search: the list of the console."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.console.listing import list_context, search_context
from cases.console.queues import BY_SLUG, QUEUES
from cases.defects.surges.showing import raised_cards
from cases.models import Case
from cases.numbers import typed_number
from cases.searching import matching
from helpdesk.live.fragments import is_for
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest

MOST_WORDS = 200
MOST_IN_PALETTE = 8


@staff_only
@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """Begin with one's own cases."""
    return redirect("console:queue", slug=QUEUES[0].slug)


@staff_only
@require_GET
def show(request: PersonRequest, slug: str) -> HttpResponse:
    """One queue, narrowed by the filters in the address."""
    if slug not in BY_SLUG:
        raise Http404("There is no such queue.")
    return _list(request, list_context(request, slug))


@staff_only
@require_GET
def search(request: PersonRequest) -> HttpResponse:
    """Cases with these words in subject or thread, or with this number."""
    words = request.GET.get("q", "").strip()[:MOST_WORDS]
    number = typed_number(words)
    if number is not None and Case.objects.visible_to(request.user).numbered([number]).exists():
        return redirect("console:case", number=number)
    return _list(request, search_context(request, words))


@staff_only
@require_GET
def palette(request: PersonRequest) -> HttpResponse:
    """The first few cases for what is typed into the palette, as its lines."""
    words = request.GET.get("q", "").strip()[:MOST_WORDS]
    cases = Case.objects.visible_to(request.user)
    found = matching(cases, words, reader=request.user) if words else cases.none()
    context = {"found": found.select_related("client")[:MOST_IN_PALETTE]}
    return render(request, "console/_found.html", context)


def _list(request: PersonRequest, context: dict[str, object]) -> HttpResponse:
    context["cards"] = raised_cards(now=timezone.now())
    template = "console/queue/_rows.html" if is_for(request, "rows") else "console/queue.html"
    return render(request, template, context)
