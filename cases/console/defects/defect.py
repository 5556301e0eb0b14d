"""One defect in the console: what is written of it, its cases, its campaigns, its news."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.console.defects.forms import MergeForm, MoveForm, NumbersForm
from cases.console.defects.reading import defect_or_404, frame
from cases.defects import access, kinds, lifecycle
from cases.defects.models import Defect, Link
from cases.defects.similar import similar_to
from cases.defects.surges.showing import unattached_of
from cases.models import Case
from cases.searching import matching
from helpdesk.journal.timeline import timeline
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.gates import staff_only
from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest

NEWEST_FIRST = Order("id")
MOST_FOUND = 30
MOST_NEWS = 100
MOST_TYPED = 200


@staff_only
@require_GET
def show(request: PersonRequest, number: int) -> HttpResponse:
    """The whole page."""
    defect = defect_or_404(request.user, number)
    return render(request, "console/defects/defect.html", page_context(request, defect))


@staff_only
@require_GET
def live(request: PersonRequest, number: int) -> HttpResponse:
    """What changed on the page, fetched when the doorbell rings."""
    defect = defect_or_404(request.user, number)
    return render(request, "console/defects/_live.html", _told(request.user, defect))


def page_context(request: PersonRequest, defect: Defect) -> dict[str, Any]:
    """Everything that the page of `defect` shows."""
    find = request.GET.get("find", "").strip()[:MOST_TYPED]
    initial = {"fixed_version": defect.fixed_version, "version": defect.version}
    return (
        frame(request.user)
        | _told(request.user, defect)
        | {
            "links": _links(request, defect),
            "organisations": _organisations(defect),
            "find": find,
            "found": _found(request.user, defect, find) if find else [],
            "alike": unattached_of(defect),
            "moves": [
                (move, lifecycle.MOVES[move]) for move in lifecycle.moves_from(defect.current_state)
            ],
            "move_form": MoveForm(initial=initial),
            "merge_form": MergeForm(initial=initial),
            "numbers_form": NumbersForm(),
            "duplicates": similar_to(defect.title, but=[defect.pk], most=3),
        }
    )


def _told(person: Person, defect: Defect) -> dict[str, Any]:
    entries = timeline(
        subject_kind=kinds.SUBJECT,
        subject_id=defect.pk,
        audiences=access.audiences_of(person),
    )
    return {
        "defect": defect,
        "news": list(entries.order_by("-id")[:MOST_NEWS]),
        "campaigns": list(
            defect.campaigns.annotate(size=Count("recipients")).order_by("-pk")[:MOST_FOUND]
        ),
    }


def _links(request: PersonRequest, defect: Defect) -> Page[Link]:
    visible = Case.objects.visible_to(request.user).values("pk")
    links = defect.links.filter(case__in=visible)
    links = links.select_related("case__client", "case__organisation")
    try:
        return page_of(links, order=NEWEST_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(links, order=NEWEST_FIRST)


def _organisations(defect: Defect) -> int:
    return defect.links.aggregate(count=Count("case__organisation", distinct=True))["count"] or 0


def _found(person: Person, defect: Defect, words: str) -> list[Case]:
    cases = matching(Case.objects.visible_to(person), words, reader=person)
    cases = cases.exclude(defect_links__defect=defect)
    return list(cases.select_related("client", "organisation").order_by("-updated_at")[:MOST_FOUND])
