"""Ours keep order: reports, hiding, locking, letting in."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.community.actions import joining, moderating
from knowledgebase.community.actions.noting import Refused
from knowledgebase.community.models import Membership, Report
from knowledgebase.community.portal.reading import group_or_404, post_or_404, topic_or_404

OLDEST_FIRST = Order("id", is_descending=False)
State = Membership.State


@staff_only
@require_GET
def reports(request: PersonRequest) -> HttpResponse:
    """What was reported and not decided yet, the oldest first."""
    waiting = Report.objects.filter(decided_at=None).select_related("person", "post__topic__group")
    context = {"page": _page(waiting, request.GET.get("page", "")), "is_groups": True}
    return render(request, "console/groups/reports.html", context)


@staff_only
@require_POST
def visibility(request: PersonRequest, pk: int) -> HttpResponse:
    """Hide a post, show it again, or (with `keep`) find nothing wrong with it."""
    post = post_or_404(request.user, pk)
    by, now = Actor.of(request.user), timezone.now()
    if "keep" in request.POST:
        moderating.decide(post, by=by, at=now)
    elif post.is_hidden:
        moderating.show(post, by=by, at=now)
    else:
        moderating.hide(post, by=by, at=now)
    messages.success(request, "Done.")
    if "from_reports" in request.POST:
        return redirect("groups:reports")
    return redirect("groups:topic", slug=post.topic.group.slug, pk=post.topic_id)


@staff_only
@require_POST
def topic(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Lock a topic or open it again; with `move` ask its author whether it may become a case."""
    found = topic_or_404(request.user, slug, pk)
    by, now = Actor.of(request.user), timezone.now()
    try:
        if "move" in request.POST:
            moderating.ask_to_move(found, by=by, at=now)
        else:
            moderating.lock(found, is_locked=not found.is_locked, by=by, at=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("groups:topic", slug=slug, pk=pk)


@staff_only
def asking(request: PersonRequest, slug: str) -> HttpResponse:
    """Who asks to join; posting lets one of them in, or (with `refuse`) does not."""
    group = group_or_404(request.user, slug)
    asked = group.memberships.filter(state=State.ASKED).select_related("person__organisation")
    if request.method == "POST":
        wanted = request.POST.get("membership", "")
        own = asked.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
        if own is not None and "refuse" in request.POST:
            joining.refuse(own, by=Actor.of(request.user))
        elif own is not None:
            joining.let_in(own, by=Actor.of(request.user), at=timezone.now())
        return redirect("groups:asking", slug=slug)
    context = {"group": group, "rows": asked.order_by("pk")[:100], "is_groups": True}
    return render(request, "console/groups/asking.html", context)


def _page(waiting: QuerySet[Report], cursor: str) -> Page[Report]:
    try:
        return page_of(waiting, order=OLDEST_FIRST, cursor=cursor)
    except BadCursor:
        return page_of(waiting, order=OLDEST_FIRST)
