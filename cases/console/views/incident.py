"""The report of an incident for us, with internal notes and every call, to be printed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.console import reading
from cases.console.queues import counted
from cases.oncall.incident import incident_of
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_GET
def show(request: PersonRequest, number: int) -> HttpResponse:
    """Everything that happened, in order."""
    case = reading.case_or_404(request.user, number)
    context = {
        "case": case,
        "incident": incident_of(case, reader=request.user, is_ours=True, now=timezone.now()),
        "queues": [(one, False) for one in counted(request.user)],
    }
    return render(request, "console/incident.html", context)
