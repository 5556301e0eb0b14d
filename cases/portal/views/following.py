"""Who follows a case beside the one who opened it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.actions import joining
from cases.actions.refusing import Refused
from cases.models import Case
from cases.portal import reading
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest

NOBODY = (
    "Nobody of your organisation has this address here. Check it, or ask your colleague to sign "
    "in once. Nothing was changed."
)


@login_required
@require_POST
def follow(request: PersonRequest, number: int) -> HttpResponse:
    """Be told what happens on a case that a colleague opened, or stop."""
    case = reading.case_or_404(request.user, number)
    by = Actor.of(request.user)
    if "stop" in request.POST:
        joining.leave(case, request.user, by=by)
        messages.success(request, "You no longer get news of this case.")
        # Who saw the case only by following it has nothing to go back to.
        if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
            return redirect("portal:cases")
    else:
        return _join(request, case, request.user, "You follow this case and are told what happens.")
    return _back(number)


@login_required
@require_POST
def colleagues(request: PersonRequest, number: int) -> HttpResponse:
    """Let a colleague follow the case, known by the address of their account."""
    case = reading.case_or_404(request.user, number)
    colleague = _colleague(case, request.POST.get("email", "").strip())
    if colleague is None:
        messages.error(request, NOBODY)
        return _back(number)
    return _join(request, case, colleague, f"{colleague.name} follows the case from now on.")


def _join(request: PersonRequest, case: Case, person: Person, done: str) -> HttpResponse:
    try:
        joining.join(case, person, by=Actor.of(request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(case.number)


def _colleague(case: Case, email: str) -> Person | None:
    """Only people of the case's organisation are looked among: no address is tried out here."""
    if not email or case.organisation_id is None:
        return None
    people = Person.objects.filter(organisation=case.organisation_id, is_active=True)
    found: Person | None = people.filter(email__iexact=email).first()
    return found


def _back(number: int) -> HttpResponse:
    return redirect(reverse("portal:case", args=[number]))
