"""The page behind "acknowledge": what is escalated, who was told, and one button."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases.actions.refusing import Refused
from cases.console import reading
from cases.console.queues import counted
from cases.escalations.climbing import acknowledge as acknowledge_case
from cases.escalations.models import Level
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_GET
def escalation(request: PersonRequest, number: int) -> HttpResponse:
    """The latest escalation of the case, with its ladder."""
    case = reading.case_or_404(request.user, number)
    latest = case.escalations.select_related("acknowledged_by").order_by("-pk").first()
    levels = latest.levels if latest else []
    context = {
        "case": case,
        "escalation": latest,
        "levels": [
            (Level.Who(level["who"]).label, level["wait_minutes"], latest.next_level > position)
            for position, level in enumerate(levels)
            if latest
        ],
        "queues": [(one, False) for one in counted(request.user)],
    }
    return render(request, "console/escalation.html", context)


@staff_only
@require_POST
def acknowledge(request: PersonRequest, number: int) -> HttpResponse:
    """Take it on: nobody else is told for a while."""
    case = reading.case_or_404(request.user, number)
    try:
        acknowledge_case(case, by=Actor.of(request.user), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It is yours. We tell nobody else for a while.")
    return redirect("console:case", number)
