"""Recording a defect, rewriting it, moving it, merging it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.actions.refusing import Refused
from cases.console.defects.defect import page_context
from cases.console.defects.forms import MergeForm, MoveForm, ReportForm
from cases.console.defects.reading import cases_numbered, defect_or_404, defect_typed, frame
from cases.defects.actions import attaching, merging, moving, recording
from cases.defects.actions.refusing import DefectChanged
from cases.defects.lifecycle import Move, MoveRefused
from cases.defects.models import Defect
from cases.defects.similar import similar_to
from cases.models import Case
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest

NOT_UNDERSTOOD = "That did not arrive whole. Nothing was changed; try again."


@staff_only
def new(request: PersonRequest) -> HttpResponse:
    """A new defect, alone or from a case: then the case is attached at once."""
    case = _from_case(request)
    first = {"title": case.subject[:200]} if case else {}
    form = ReportForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            defect = recording.record(form.report(), by=Actor.of(request.user))
            if case is not None:
                attaching.attach(defect, [case], by=Actor.of(request.user))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Recorded as {defect.shown_number}.")
            return redirect("defects:defect", number=defect.number)
    return _form_page(request, form, case=case, similar=similar_to(first.get("title", "")))


@staff_only
def rewrite(request: PersonRequest, number: int) -> HttpResponse:
    """Change what is written of it; a change in between is shown, and nothing typed is lost."""
    defect = defect_or_404(request.user, number)
    form = ReportForm(request.POST or None, initial=ReportForm.first_values(defect))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        try:
            recording.rewrite(defect, form.report(), by=Actor.of(request.user), seen_version=seen)
        except DefectChanged as change:
            return _changed_page(request, form, number, change)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("defects:defect", number=number)
    return _form_page(request, form, defect=defect)


@staff_only
@require_POST
def state(request: PersonRequest, number: int) -> HttpResponse:
    """Move it along its table of states."""
    defect = defect_or_404(request.user, number)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_UNDERSTOOD)
        return redirect("defects:defect", number=number)
    values = form.cleaned_data
    try:
        moving.move(
            defect,
            Move(values["move"]),
            by=Actor.of(request.user),
            seen_version=values["version"],
            fixed_version=values["fixed_version"],
            reason=values["reason"],
        )
    except (Refused, MoveRefused) as refusal:
        form.add_error(None, str(refusal))
        context = page_context(request, defect_or_404(request.user, number)) | {"move_form": form}
        return render(request, "console/defects/defect.html", context, status=422)
    messages.success(request, "Done.")
    return redirect("defects:defect", number=number)


@staff_only
@require_POST
def merge(request: PersonRequest, number: int) -> HttpResponse:
    """End it as a duplicate of another."""
    defect = defect_or_404(request.user, number)
    form = MergeForm(request.POST)
    typed = request.POST.get("into_number") or request.POST.get("into", "")
    into = defect_typed(request.user, typed)
    if not form.is_valid() or into is None:
        messages.error(request, "Choose a defect from the list, or type its number: D-0042.")
        return redirect("defects:defect", number=number)
    try:
        seen = form.cleaned_data["version"]
        kept = merging.merge(defect, into=into, by=Actor.of(request.user), seen_version=seen)
    except (Refused, MoveRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("defects:defect", number=number)
    messages.success(request, f"{defect.shown_number} is merged into this defect.")
    return redirect("defects:defect", number=kept.number)


def _from_case(request: PersonRequest) -> Case | None:
    typed = request.POST.get("case") or request.GET.get("case", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 12:
        return None
    return next(iter(cases_numbered(request.user, [int(typed)])), None)


def _changed_page(
    request: PersonRequest, form: ReportForm, number: int, change: DefectChanged
) -> HttpResponse:
    """The form again, with each field that stands otherwise now than it was typed."""
    defect = defect_or_404(request.user, number)
    now = ReportForm.first_values(defect)
    differing = [
        (form.fields[name].label or name.replace("_", " ").capitalize(), now[name])
        for name in now
        if name != "version" and str(now[name]) != str(form.cleaned_data[name])
    ]
    form.add_error(None, str(change))
    form.data = request.POST.dict() | {"version": str(change.current)}
    return _form_page(request, form, defect=defect, differing=differing, status=409)


def _form_page(
    request: PersonRequest,
    form: ReportForm,
    *,
    defect: Defect | None = None,
    case: Case | None = None,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    context = frame(request.user) | {"form": form, "defect": defect, "case": case} | more
    status = status or (422 if form.errors else 200)
    return render(request, "console/defects/form.html", context, status=status)
