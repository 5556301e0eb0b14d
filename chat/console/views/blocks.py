"""Blocking a visitor, and the list of who is blocked."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.actions.refusing import Refused
from cases.console.queues import counted
from chat.blocking import barring
from chat.blocking.models import Block
from chat.console.inbox import conversation_or_404
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest

LASTS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "always": None,
}
NEWEST = Order("at")


@staff_only
@require_POST
def block(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep whoever wrote here from writing."""
    conversation = conversation_or_404(request.user, pk)
    try:
        barring.block(
            conversation,
            by=request.user,
            reason=request.POST.get("reason", ""),
            lasts=LASTS.get(request.POST.get("lasts", ""), LASTS["day"]),
            covers_address=request.POST.get("covers") != "browser",
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("inbox:chat", pk=pk)


@staff_only
@require_GET
@never_cache
def blocks(request: PersonRequest) -> HttpResponse:
    """Every block that stands, the newest first."""
    page = _page(request.GET.get("page", ""))
    context = {
        "blocks": page.rows,
        "newer": f"?page={page.previous}" if page.previous else "",
        "older": f"?page={page.next}" if page.next else "",
        "queues": [(one, False) for one in counted(request.user)],
    }
    return render(request, "console/chat-blocks.html", context)


@staff_only
@require_POST
def lift(request: PersonRequest, pk: int) -> HttpResponse:
    """Let them write again."""
    found = Block.objects.select_related("conversation__case").filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such block.")
    barring.lift(found, by=request.user, at=timezone.now())
    messages.success(request, _("They can write in the chat again."))
    return redirect("inbox:blocks")


def _page(cursor: str) -> Page[Block]:
    standing = Block.objects.standing(at=timezone.now()).select_related("conversation__case", "by")
    try:
        return page_of(standing, order=NEWEST, cursor=cursor)
    except BadCursor:
        return page_of(standing, order=NEWEST)
