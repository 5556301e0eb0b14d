"""Known defects that concern the reader: what is public of them, and which of one's own cases."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cases.actions.refusing import Refused
from cases.defects import access, kinds
from cases.defects.actions import following as acting
from cases.defects.models import Defect
from cases.models import Case
from helpdesk.journal.timeline import timeline
from helpdesk.paging.keyset import BadCursor, Order, page_of
from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest

NEWEST_CHANGE_FIRST = Order("updated_at")
MOST_CASES = 50
MOST_NEWS = 50


@login_required
@require_GET
def known(request: PersonRequest) -> HttpResponse:
    """The list, newest change first, thirty a page."""
    visible = Defect.objects.visible_to(request.user).filter(merged_into=None)
    try:
        page = page_of(visible, order=NEWEST_CHANGE_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        page = page_of(visible, order=NEWEST_CHANGE_FIRST)
    followed = request.user.followed_defects.filter(defect__in=page.rows)
    context = {
        "rows": page.rows,
        "followed": set(followed.values_list("defect_id", flat=True)),
        "newer": f"?page={page.previous}" if page.previous else "",
        "older": f"?page={page.next}" if page.next else "",
    }
    return render(request, "portal/defects/list.html", context)


@login_required
@require_GET
def show(request: PersonRequest, number: int) -> HttpResponse:
    """One defect; a merged one leads to the one that stayed."""
    kept = Defect.objects.visible_to(request.user).filter(merged__number=number).first()
    if kept is not None:
        return redirect("known-defects:defect", number=kept.number)
    defect = _visible_or_404(request.user, number)
    cases = Case.objects.visible_to(request.user).filter(defect_links__defect=defect)
    entries = timeline(
        subject_kind=kinds.SUBJECT,
        subject_id=defect.pk,
        audiences=access.audiences_of(request.user),
    )
    context = {
        "defect": defect,
        "cases": list(cases.select_related("client").order_by("-updated_at")[:MOST_CASES]),
        "news": list(entries.order_by("-id")[:MOST_NEWS]),
        "is_following": defect.followers.filter(person=request.user).exists(),
    }
    return render(request, "portal/defects/defect.html", context)


@login_required
@require_POST
def following(request: PersonRequest, number: int) -> HttpResponse:
    """Follow it, or stop following it."""
    defect = _visible_or_404(request.user, number)
    if "stop" in request.POST:
        acting.unfollow(defect, by=request.user)
        messages.success(request, "You no longer follow this defect.")
        return redirect("known-defects:defect", number=number)
    try:
        acting.follow(defect, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "You follow this defect: we mail you every news of it.")
    return redirect("known-defects:defect", number=number)


def _visible_or_404(person: Person, number: int) -> Defect:
    defect = Defect.objects.visible_to(person).filter(number=number).first()
    if defect is None:
        raise Http404("There is no such defect among those of your cases.")
    return defect
