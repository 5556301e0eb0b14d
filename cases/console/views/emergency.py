"""The emergency line: an agent logs a call, and somebody is called for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.actions.refusing import Refused
from cases.console.forms.emergency import EmergencyForm
from cases.console.queues import counted
from cases.oncall.emergency.opening import open_from_call
from cases.oncall.models import EmergencyCall
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_http_methods(["GET", "POST"])
def emergency(request: PersonRequest) -> HttpResponse:
    """The form; sent, it makes a critical case whose opening pages."""
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = open_from_call(
                form.report(), call=EmergencyCall(), by=Actor.of(request.user), at=timezone.now()
            )
        except (Refused, ValueError) as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(
                request, f"The case is {case.shown_number}. The engineer on call is called now."
            )
            return redirect("console:case", case.number)
    context = {
        "form": form,
        "queues": [(one, False) for one in counted(request.user)],
        "is_emergency": True,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "console/emergency.html", context, status=status)
