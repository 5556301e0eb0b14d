"""The report of an incident for the client, to be printed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.oncall.incident import incident_of
from cases.portal import reading
from helpdesk.people.requests import PersonRequest


@login_required
@require_GET
def show(request: PersonRequest, number: int) -> HttpResponse:
    """What the client may read of what happened, in order."""
    case = reading.case_or_404(request.user, number)
    incident = incident_of(case, reader=request.user, is_ours=False, now=timezone.now())
    return render(request, "portal/cases/incident.html", {"case": case, "incident": incident})
