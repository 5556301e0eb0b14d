"""The tree of sections, arranged by leads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from helpdesk.people.actors import Actor
from helpdesk.people.gates import leads_only, staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.access import may_publish
from knowledgebase.articles.actions import arranging
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.console.forms import SectionForm
from knowledgebase.articles.models import Section


@staff_only
def tree(request: PersonRequest) -> HttpResponse:
    """The whole tree; POST adds a section."""
    form = SectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            arranging.add(
                values["name"],
                by=Actor.of(request.user),
                parent=values["parent"],
                summary=values["summary"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("article-editing:sections")
    context = {"form": form, "rows": _rows(), "may_arrange": may_publish(request.user)}
    status = 422 if form.errors else 200
    return render(request, "console/articles/sections.html", context, status=status)


@leads_only
@require_POST
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Rename and move a section, or with `remove` take it away when it is empty."""
    section = get_object_or_404(Section, pk=pk)
    by = Actor.of(request.user)
    form = SectionForm(request.POST)
    try:
        if "remove" in request.POST:
            arranging.remove(section, by=by)
        elif not form.is_valid():
            raise Refused("Give the section a name. Nothing was changed.")
        else:
            values = form.cleaned_data
            arranging.rename(section, name=values["name"], summary=values["summary"], by=by)
            place = (values["position"] or 1000) - 1
            arranging.move(section, parent=values["parent"], position=place, by=by)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Done.")
    return redirect("article-editing:sections")


def _rows() -> list[tuple[Section, int]]:
    """The tree from top to bottom, each with its place among its siblings."""
    children: dict[int | None, list[Section]] = {}
    for section in Section.objects.all():
        children.setdefault(section.parent_id, []).append(section)
    rows: list[tuple[Section, int]] = []

    def walk(parent: int | None) -> None:
        for place, section in enumerate(children.get(parent, []), 1):
            rows.append((section, place))
            walk(section.pk)

    walk(None)
    return rows
