"""An agent's own page: when they take calls, and when they are away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.calls.forms import WeekForm
from cases.calls.models import Absence, AgentHours, Call
from cases.console.forms.calling import AbsenceForm
from cases.console.queues import counted
from helpdesk.people.gates import staff_only
from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest
from helpdesk.people.zones import zone_of

MOST_ABSENCES = 50


@staff_only
def hours(request: PersonRequest) -> HttpResponse:
    """Show and keep the reader's own hours."""
    form = WeekForm(request.POST or None, instance=_hours_of(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your hours are saved. Calls that are booked stay booked.")
        return redirect("console-calls:hours")
    return _hours_page(request, form, AbsenceForm(), status=422 if form.errors else 200)


@staff_only
@require_POST
def absences(request: PersonRequest) -> HttpResponse:
    """Note a time in which the reader takes no calls; say which booked ones fall into it."""
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return _hours_page(request, WeekForm(instance=_hours_of(request.user)), form, status=422)
    absence = Absence.objects.create(person=request.user, **form.cleaned_data)
    booked = Call.objects.visible_to(request.user).booked().filter(agent=request.user)
    within = booked.beginning_between(absence.starts_at, absence.ends_at).count()
    if within:
        messages.warning(
            request,
            f"Your absence is noted. {within} booked "
            f"{'call falls' if within == 1 else 'calls fall'} into it: pass them on or move them.",
        )
    else:
        messages.success(request, "Your absence is noted. No call is offered in that time.")
    return redirect("console-calls:hours")


@staff_only
@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget one of the reader's own absences."""
    get_object_or_404(Absence, pk=pk, person=request.user).delete()
    messages.success(request, "The absence is removed.")
    return redirect("console-calls:hours")


def _hours_of(person: Person) -> AgentHours:
    """What is kept; somebody who never opened the page takes no calls."""
    kept = AgentHours.objects.filter(pk=person.pk).first()
    fresh = AgentHours(person=person, time_zone=zone_of(person).key, takes_calls=False)
    return kept or fresh


def _hours_page(
    request: PersonRequest, form: WeekForm, absence_form: AbsenceForm, *, status: int
) -> HttpResponse:
    ahead = Absence.objects.filter(person=request.user, ends_at__gt=timezone.now())
    context = {
        "form": form,
        "absence_form": absence_form,
        "absences": ahead.order_by("starts_at")[:MOST_ABSENCES],
        "zone": zone_of(request.user),
        "queues": [(one, False) for one in counted(request.user)],
        "is_calls": True,
    }
    return render(request, "console/calls/hours.html", context, status=status)
