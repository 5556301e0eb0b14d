"""A card: several organisations reported the same thing. A defect of these, or not the same."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases.actions.refusing import Refused
from cases.console.defects.forms import ReportForm
from cases.console.defects.reading import cases_numbered, defect_typed, frame
from cases.defects.actions import settling
from cases.defects.surges.models import Surge
from cases.defects.surges.showing import card_of, hours
from cases.models import Case
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_GET
def show(request: PersonRequest, pk: int) -> HttpResponse:
    """Who reported what."""
    surge = get_object_or_404(Surge, pk=pk)
    form = ReportForm(initial={"title": surge.subject[:200], "severity": 2})
    return _page(request, surge, form)


@staff_only
@require_POST
def settle(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a defect of the ticked cases, or attach them to one that is known."""
    surge = get_object_or_404(Surge, pk=pk)
    chosen = _ticked(request)
    known = defect_typed(request.user, request.POST.get("known", ""))
    form = ReportForm(request.POST)
    by = Actor.of(request.user)
    try:
        if known is not None:
            settling.take_as(surge, known, cases=chosen, by=by)
        elif form.is_valid():
            known = settling.make_defect(surge, form.report(), cases=chosen, by=by)
        else:
            return _page(request, surge, form, status=422)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, surge, form, status=422)
    messages.success(request, f"{len(chosen)} attached to {known.shown_number}.")
    return redirect("defects:defect", number=known.number)


@staff_only
@require_POST
def dismiss(request: PersonRequest, pk: int) -> HttpResponse:
    """Not the same."""
    surge = get_object_or_404(Surge, pk=pk)
    try:
        settling.dismiss(surge, by=Actor.of(request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The card is gone. Others may raise a new one.")
    return redirect("defects:list")


def _ticked(request: PersonRequest) -> list[Case]:
    ticked = [value for value in request.POST.getlist("case") if value.isdigit()]
    return cases_numbered(request.user, [int(value) for value in ticked if len(value) <= 12])


def _page(
    request: PersonRequest, surge: Surge, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    ticked = set(request.POST.getlist("case"))
    card = card_of(surge)
    context = frame(request.user) | {
        "card": card,
        "surge": surge,
        "rows": [(case, not ticked or str(case.number) in ticked) for case in card.cases],
        "hours": hours(),
        "form": form,
    }
    return render(request, "console/defects/surge.html", context, status=status)
