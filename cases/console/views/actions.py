"""What agents do to a case: each view reads a form, calls one action and goes back."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.actions import assigning, joining, moving, prioritising
from cases.actions.refusing import Refused
from cases.console import reading
from cases.console.forms.composing import PriorityForm, StateForm
from cases.lifecycle import Move, MoveRefused
from cases.models import Case
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.models import Person, Team
from helpdesk.people.requests import PersonRequest

Found = TypeVar("Found", bound=Model)
NOT_UNDERSTOOD = "That did not arrive whole. Nothing was changed; try again."


@staff_only
@require_POST
def assignment(request: PersonRequest, number: int) -> HttpResponse:
    """Give the case to somebody, to oneself ("me") or to nobody (empty)."""
    wanted = request.POST.get("assignee", "")
    person = request.user if wanted == "me" else _found(Person.objects.staff(), wanted)
    if wanted and person is None:
        messages.error(request, "There is no such colleague. Nothing was changed.")
        return _back(number)
    return _do(request, number, lambda case, by: assigning.assign(case, person, by=by), "Assigned.")


@staff_only
@require_POST
def team(request: PersonRequest, number: int) -> HttpResponse:
    """Move the case to another team's queue."""
    wanted = request.POST.get("team", "")
    found = _found(Team.objects.all(), wanted)
    if wanted and found is None:
        messages.error(request, "There is no such team. Nothing was changed.")
        return _back(number)
    return _do(
        request, number, lambda case, by: assigning.assign_team(case, found, by=by), "Moved."
    )


@staff_only
@require_POST
def priority(request: PersonRequest, number: int) -> HttpResponse:
    """Change the priority; the client reads the reason."""
    form = PriorityForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_UNDERSTOOD)
        return _back(number)
    values = form.cleaned_data
    return _do(
        request,
        number,
        lambda case, by: prioritising.change_priority(
            case,
            values["priority"],
            by=by,
            reason=values["reason"],
            characteristics=values["characteristics"],
        ),
        "The priority is changed; the promise follows it.",
    )


@staff_only
@require_POST
def state(request: PersonRequest, number: int) -> HttpResponse:
    """Move the case along its table of states."""
    form = StateForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_UNDERSTOOD)
        return _back(number)
    move, reason = Move(form.cleaned_data["move"]), form.cleaned_data["reason"]
    return _do(
        request,
        number,
        lambda case, by: moving.move(case, move, by=by, reason=reason),
        "Done.",
    )


@staff_only
@require_POST
def watch(request: PersonRequest, number: int) -> HttpResponse:
    """Watch the case, or stop watching it."""
    if "stop" in request.POST:
        return _do(
            request,
            number,
            lambda case, by: joining.leave(case, request.user, by=by),
            "You no longer watch this case.",
        )
    return _do(
        request,
        number,
        lambda case, by: joining.join(case, request.user, by=by),
        "You watch this case and are told what happens.",
    )


@staff_only
@require_POST
def participants(request: PersonRequest, number: int) -> HttpResponse:
    """Let in somebody who was in copy, or leave them out."""
    case = reading.case_or_404(request.user, number)
    person = _found(
        Person.objects.filter(participations__case=case), request.POST.get("person", "")
    )
    if person is None:
        messages.error(request, "Nobody of that name was in copy. Nothing was changed.")
        return _back(number)
    change = joining.leave if "decline" in request.POST else joining.join
    return _do(request, number, lambda case, by: change(case, person, by=by), "Done.")


def _do(
    request: PersonRequest, number: int, act: Callable[[Case, Actor], object], done: str
) -> HttpResponse:
    case = reading.case_or_404(request.user, number)
    try:
        act(case, Actor.of(request.user))
    except (Refused, MoveRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(number)


def _found(rows: QuerySet[Found], pk: str) -> Found | None:
    return rows.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() else None


def _back(number: int) -> HttpResponse:
    return redirect(reverse("console:case", args=[number]) + "#latest")
