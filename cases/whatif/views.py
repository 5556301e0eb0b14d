"""Drafts in the console, for leads and administrators."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions.refusing import Refused
from cases.console.queues import counted
from cases.whatif import drafting
from cases.whatif.forms import FORMS
from cases.whatif.models import Difference, Draft
from helpdesk.people.gates import leads_only
from helpdesk.people.requests import PersonRequest

MOST_DRAFTS = 50
MOST_SHOWN = 100


@leads_only
@require_GET
def drafts(request: PersonRequest) -> HttpResponse:
    """The latest drafts, and the three ways to make one."""
    found = Draft.objects.select_related("made_by")[:MOST_DRAFTS]
    context = {"drafts": found, "kinds": Draft.Kind.choices}
    return render(request, "whatif/drafts.html", context | _around(request))


@leads_only
@require_http_methods(["GET", "POST"])
def make(request: PersonRequest, kind: str) -> HttpResponse:
    """The form of one kind of change."""
    if kind not in FORMS:
        raise Http404("There is no such kind of draft.")
    form = FORMS[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = drafting.make(
            kind, form.spec(), title=form.title(), by=request.user, at=timezone.now()
        )
        return redirect("whatif:draft", draft.pk)
    context = {"form": form, "kind": Draft.Kind(kind)}
    status = 422 if request.method == "POST" else 200
    return render(request, "whatif/make.html", context | _around(request), status=status)


@leads_only
@require_GET
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """One draft: how far its replay is, and what it would change."""
    found = get_object_or_404(Draft.objects.select_related("made_by"), pk=pk)
    chosen = request.GET.get("effect", Difference.Effect.GAINED)
    listed = found.differences.filter(effect=chosen).select_related("case").order_by("pk")
    context = {
        "draft": found,
        "effects": [
            (value, words, getattr(found, value), value == chosen)
            for value, words in Difference.Effect.choices
        ],
        "differences": listed[:MOST_SHOWN],
        "most": MOST_SHOWN,
    }
    return render(request, "whatif/draft.html", context | _around(request))


@leads_only
@require_POST
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Apply the draft, or drop it."""
    found = get_object_or_404(Draft, pk=pk)
    try:
        if "apply" in request.POST:
            drafting.apply(found, by=request.user, at=timezone.now())
            messages.success(request, "Applied. The promises follow within a minute.")
        else:
            drafting.drop(found, at=timezone.now())
            messages.success(request, "Dropped. Nothing was changed.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("whatif:draft", pk)


def _around(request: PersonRequest) -> dict[str, object]:
    return {"queues": [(one, False) for one in counted(request.user)]}
