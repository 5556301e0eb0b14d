"""Opening a case in the Help Center."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.actions.opening import open_case
from cases.actions.refusing import Refused
from cases.models import Case, Channel, Priority
from cases.numbers import typed_number
from cases.portal.forms.opening import OpenCaseForm
from cases.sla.promising import promises_for
from cases.thread.adding import Writing
from cases.thread.receiving import UploadRefused, stored_from
from cases.wording import PRIORITIES
from helpdesk.people.actors import Actor
from helpdesk.people.requests import PersonRequest
from helpdesk.people.zones import zone_of


@login_required
def open_a_case(request: PersonRequest) -> HttpResponse:
    """Show the form; on POST open the case and show its number at once."""
    begun = {"subject": request.GET.get("subject", "")[:250]}
    form = OpenCaseForm(request.POST or None, request.FILES or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            case = _open(request, form)
        except (Refused, UploadRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(reverse("portal:case", args=[case.number]) + "?opened=1&sent=open-case")
    return _form_page(request, form)


def _open(request: PersonRequest, form: OpenCaseForm) -> Case:
    writing = Writing(
        text=form.cleaned_data["details"],
        channel=Channel.PORTAL,
        files=stored_from(request, form.cleaned_data["uploads"]),
    )
    question = replace(form.question(), follows=_followed(request))
    return open_case(question, writing, client=request.user, by=Actor.of(request.user))


def _followed(request: PersonRequest) -> Case | None:
    """The case that the new one goes on from, when the reader may see it."""
    number = typed_number(request.GET.get("follows", ""))
    if number is None:
        return None
    return Case.objects.visible_to(request.user).filter(number=number).first()


def _form_page(request: PersonRequest, form: OpenCaseForm) -> HttpResponse:
    context = {
        "form": form,
        "followed": _followed(request),
        "priority_notes": _notes(request),
    }
    status = 422 if form.errors else 200
    return render(request, "portal/cases/new.html", context, status=status)


def _notes(request: PersonRequest) -> dict[str, dict[str, str]]:
    """What each priority means, and what this reader is promised for it."""
    promises = promises_for(
        request.user.organisation, now=timezone.now(), zone=zone_of(request.user)
    )
    return {
        words.value: {
            "meaning": words.meaning,
            "promise": promises[words.value].sentence if words.value in promises else "",
            "icon": words.icon,
            "tone": "waratah" if words.value == Priority.CRITICAL else "",
        }
        for words in PRIORITIES
    }
