"""Opening a case in the Help Center."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.actions.opening import open_case
from cases.actions.refusing import Refused
from cases.models import Characteristic, Priority
from cases.portal.forms.opening import OpenCaseForm
from cases.sla.promising import promises_for
from cases.thread.adding import Writing
from cases.thread.receiving import Received, UploadRefused, files_of
from cases.wording import PRIORITIES
from helpdesk.people.actors import Actor
from helpdesk.people.requests import PersonRequest


@login_required
def open_a_case(request: PersonRequest) -> HttpResponse:
    """Show the form; on POST open the case and show its number at once."""
    form = OpenCaseForm(request.POST or None)
    files = Received(())
    if request.method == "POST" and form.is_valid():
        try:
            files = files_of(request)
            case = open_case(
                form.question(),
                Writing(text=form.cleaned_data["details"], channel="portal", files=files.stored),
                client=request.user,
                by=Actor.of(request.user),
            )
        except (Refused, UploadRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(reverse("portal:case", args=[case.number]) + "?opened=1")
    return _form_page(request, form)


def _form_page(request: PersonRequest, form: OpenCaseForm) -> HttpResponse:
    context = {
        "form": form,
        "priorities": PRIORITIES,
        "promises": promises_for(request.user.organisation, now=timezone.now()),
        "critical": Priority.CRITICAL,
        "characteristics": Characteristic.choices,
    }
    status = 422 if form.errors else 200
    return render(request, "portal/cases/new.html", context, status=status)
