"""Making a case part of another: choosing it, seeing what would happen, saying that it shall."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cases.actions import merging
from cases.actions.refusing import Refused
from cases.console import reading
from cases.console.forms.merging import MergeForm
from cases.console.queues import counted
from cases.correspondence import recipients_of
from cases.defects.models import Defect
from cases.lifecycle import ACTIVE, ENDED, MoveRefused
from cases.models import Case
from cases.numbers import typed_number
from cases.searching import matching
from cases.thread.models import MessageFile
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest

MOST_FOUND = 10
MOST_TYPED = 200
CHOOSE = "Choose the case that goes on, or type its number. Nothing was merged."


@staff_only
@require_GET
def show(request: PersonRequest, number: int) -> HttpResponse:
    """Choose the case that goes on and read what would happen; nothing happens here."""
    case = reading.case_or_404(request.user, number)
    typed = request.GET.get("into_number") or request.GET.get("into", "")
    return _page(request, case, typed)


@staff_only
@require_POST
def merge(request: PersonRequest, number: int) -> HttpResponse:
    """Merge the case into the chosen one, as it was shown."""
    case = reading.case_or_404(request.user, number)
    typed = request.POST.get("into", "")
    kept = _case_typed(request.user, typed)
    if kept is None:
        messages.error(request, CHOOSE)
        return redirect("console:merge", number=number)
    lets_in = "lets_in" in request.POST
    try:
        merging.merge(case, into=kept, by=Actor.of(request.user), lets_in=lets_in)
    except (Refused, MoveRefused) as refusal:
        messages.error(request, str(refusal))
        return _page(request, case, typed, status=409)
    messages.success(request, f"Case {case.shown_number} is part of this one now.")
    return redirect(reverse("console:case", args=[kept.number]) + "#latest")


@staff_only
@require_GET
def options(request: PersonRequest, number: int) -> HttpResponse:
    """What could be meant by what is typed: other cases of the same organisation."""
    case = reading.case_or_404(request.user, number)
    words = request.GET.get("q", "").strip()[:MOST_TYPED]
    found = _mergeable(request.user, case)
    if words:
        found = matching(found, words, reader=request.user)
    newest = found.select_related("client").order_by("-updated_at", "-pk")[:MOST_FOUND]
    return render(request, "console/merging/_options.html", {"found": newest})


def _page(request: PersonRequest, case: Case, typed: str, *, status: int = 200) -> HttpResponse:
    kept = _case_typed(request.user, typed) if typed else None
    form = MergeForm(initial={"into": kept.shown_number if kept else ""})
    if typed and kept is None:
        form = MergeForm({"into": typed})
        form.add_error("into", "There is no such case. Type its number, such as 00001042.")
    context = {
        "case": case,
        "form": form,
        "queues": [(one, False) for one in counted(request.user)],
    }
    if kept is not None:
        context |= _preview(request.user, case, kept)
    return render(request, "console/merging/merge.html", context, status=status)


def _preview(person: Person, case: Case, kept: Case) -> dict[str, Any]:
    """What the merge would bring together, and whom it concerns."""
    told = {one.pk: one for side in (case, kept) for one in recipients_of(side, but=None)}
    return {
        "kept": kept,
        "problem": _problem(case, kept),
        "messages_count": case.messages.readable_by(person).count(),
        "files_count": MessageFile.objects.filter(message__case=case).count(),
        "defects": list(Defect.objects.visible_to(person).of_case(case)),
        "gaining": merging.who_gains_sight(case, kept),
        "told": sorted(one.name for one in told.values()),
    }


def _problem(case: Case, kept: Case) -> str:
    if case.pk == kept.pk:
        return "This is the same case. Choose another one."
    return merging.problem_with(case, kept)


def _case_typed(person: Person, typed: str) -> Case | None:
    return Case.objects.visible_to(person).for_rows().numbered([typed_number(typed) or 0]).first()


def _mergeable(person: Person, case: Case) -> "QuerySet[Case]":
    states = sorted(ACTIVE | ENDED)
    others = Case.objects.visible_to(person).filter(state__in=states).exclude(pk=case.pk)
    if case.organisation_id is None:
        return others.filter(client=case.client_id)
    return others.filter(organisation=case.organisation_id)
