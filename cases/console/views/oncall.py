"""The on-call rota: its week for all of ours, its shifts and stand-ins for leads."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.console import reading, rota_week
from cases.console.forms.rota import OverrideForm, RotaForm, ShiftForm
from cases.console.queues import counted
from cases.oncall import paging
from cases.oncall.models import Override, Page, Rota, Shift
from cases.oncall.rota import rota_in_use
from helpdesk.people.gates import leads_only, staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_GET
def show(request: PersonRequest) -> HttpResponse:
    """Who is on call this week, or that of `?week=2026-11-23`; without a rota, how to begin."""
    rota = rota_in_use()
    if rota is None:
        return render(request, "console/on-call/none.html", _frame(request))
    return _page(request, rota)


@leads_only
@require_http_methods(["GET", "POST"])
def settings(request: PersonRequest) -> HttpResponse:
    """Name, zone, patience and layers of the rota; the first visit makes it."""
    rota = rota_in_use()
    form = RotaForm(request.POST or None, instance=rota)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "The rota is saved.")
        return redirect("console:on-call")
    status = 422 if request.method == "POST" else 200
    context = _frame(request) | {"form": form, "rota": rota}
    return render(request, "console/on-call/settings.html", context, status=status)


@leads_only
@require_POST
def shifts(request: PersonRequest) -> HttpResponse:
    """Add somebody's hours."""
    rota = get_object_or_404(Rota, is_in_use=True)
    form = ShiftForm(request.POST, rota=rota)
    if not form.is_valid():
        return _page(request, rota, shift_form=form, status=422)
    form.save()
    messages.success(request, "The shift is in the rota.")
    return _back(request)


@leads_only
@require_POST
def shift_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a shift out, past and future."""
    get_object_or_404(Shift, pk=pk, layer__rota__is_in_use=True).delete()
    messages.success(request, "The shift is gone.")
    return _back(request)


@leads_only
@require_POST
def overrides(request: PersonRequest) -> HttpResponse:
    """Let somebody stand in."""
    rota = get_object_or_404(Rota, is_in_use=True)
    form = OverrideForm(request.POST, rota=rota)
    if not form.is_valid():
        return _page(request, rota, override_form=form, status=422)
    override = form.save(commit=False)
    override.made_by = request.user
    override.save()
    messages.success(request, f"{override.person.name} stands in.")
    return _back(request)


@leads_only
@require_POST
def override_removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Nobody stands in after all."""
    get_object_or_404(Override, pk=pk, layer__rota__is_in_use=True).delete()
    messages.success(request, "The shifts hold again.")
    return _back(request)


@staff_only
@require_POST
def acknowledgement(request: PersonRequest, number: int) -> HttpResponse:
    """Somebody of ours takes care of a critical case: nobody else is called."""
    case = reading.case_or_404(request.user, number)
    page = case.pages.filter(state=Page.State.RINGING).first()
    if page is None:
        messages.error(request, "Nobody is called for this case any more. Nothing was changed.")
    else:
        paging.acknowledge(page, by=request.user, at=timezone.now())
        messages.success(request, "You take care of it. Nobody else is called.")
    return redirect("console:case", number)


def _page(
    request: PersonRequest,
    rota: Rota,
    *,
    shift_form: ShiftForm | None = None,
    override_form: OverrideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    week = rota_week.week_of(rota, monday=_monday(request), now=timezone.now())
    context = _frame(request) | {
        "rota": rota,
        "week": week,
        "shift_form": shift_form or ShiftForm(rota=rota),
        "override_form": override_form or OverrideForm(rota=rota),
    }
    return render(request, "console/on-call/week.html", context, status=status)


def _frame(request: PersonRequest) -> dict[str, object]:
    return {"queues": [(one, False) for one in counted(request.user)], "is_on_call": True}


def _monday(request: PersonRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("week", "")[:10])
    except ValueError:
        return None


def _back(request: PersonRequest) -> HttpResponse:
    week = _monday(request)
    query = f"?week={week}" if week else ""
    return redirect(reverse("console:on-call") + query)
