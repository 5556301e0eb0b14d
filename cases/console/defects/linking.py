"""Attaching and detaching cases, from the defect's page and from the case's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.actions.refusing import Refused
from cases.console.defects.forms import AttachForm, NumbersForm
from cases.console.defects.reading import cases_numbered, defect_or_404, defect_typed
from cases.console.reading import case_or_404
from cases.defects.actions import attaching
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest

CHOOSE = "Choose a defect from the list, or type its number: D-0042."


@staff_only
@require_POST
def cases(request: PersonRequest, number: int) -> HttpResponse:
    """Attach the cases that were ticked or typed."""
    defect = defect_or_404(request.user, number)
    form = NumbersForm(request.POST)
    numbers = form.chosen() if form.is_valid() else []
    found = cases_numbered(request.user, numbers)
    missing = sorted(set(numbers) - {case.number for case in found})
    if not numbers:
        messages.error(request, "Tick a case or type its number. Nothing was attached.")
        return redirect("defects:defect", number=number)
    try:
        added = attaching.attach(defect, found, by=Actor.of(request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("defects:defect", number=number)
    if missing:
        named = ", ".join(f"{one:08d}" for one in missing[:10])
        messages.warning(request, f"There is no case {named}.")
    messages.success(request, f"{len(added)} attached.")
    return redirect("defects:defect", number=number)


@staff_only
@require_POST
def detach(request: PersonRequest, number: int, case: int) -> HttpResponse:
    """Say that it is not the cause of that case; back to where one came from."""
    defect = defect_or_404(request.user, number)
    found = case_or_404(request.user, case)
    reason = request.POST.get("reason", "")[:1_000]
    try:
        attaching.detach(defect, found, by=Actor.of(request.user), reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{defect.shown_number} is no longer attached.")
    if "back" in request.POST:
        return redirect("console:case", number=case)
    return redirect("defects:defect", number=number)


@staff_only
@require_POST
def of_case(request: PersonRequest, number: int) -> HttpResponse:
    """Attach a defect to the case, as chosen or typed on the case's page."""
    case = case_or_404(request.user, number)
    form = AttachForm(request.POST)
    typed = request.POST.get("defect_number") or request.POST.get("defect", "")
    defect = defect_typed(request.user, typed) if form.is_valid() else None
    if defect is None:
        messages.error(request, CHOOSE)
        return redirect(_case_page(number))
    try:
        attaching.attach(defect, [case], by=Actor.of(request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{defect.shown_number} is attached.")
    return redirect(_case_page(number))


def _case_page(number: int) -> str:
    return reverse("console:case", args=[number]) + "#latest"
