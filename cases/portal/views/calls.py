"""The reader's calls, and one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases.actions.refusing import Refused
from cases.calls.cancelling import cancel, cost_of_cancelling
from cases.calls.models import Call
from cases.calls.rules import current_rules
from cases.models import Case
from cases.portal import reading
from cases.portal.forms.calling import CancelForm
from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.requests import PersonRequest

LATEST_FIRST = Order("starts_at")


@login_required
@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """The calls that the reader may see, the latest first, thirty a page."""
    calls = Call.objects.visible_to(request.user).for_rows()
    page = _page(request, calls)
    context = {"page": page, "now": timezone.now()}
    return render(request, "portal/calls/list.html", context)


@login_required
@require_GET
def show(request: PersonRequest, uid: str) -> HttpResponse:
    """One call: when, with whom, what can be done."""
    call = reading.call_or_404(request.user, uid)
    now = timezone.now()
    by = Actor.of(request.user)
    context = {
        "call": call,
        # Somebody who sees the call may have no part in its case any more.
        "shows_case": Case.objects.visible_to(request.user).filter(pk=call.case_id).exists(),
        "free_until": current_rules().free_until(call.starts_at),
        "is_free": now <= current_rules().free_until(call.starts_at),
        "has_begun": call.starts_at <= now,
        "cost": cost_of_cancelling(call, by=by, now=now),
        "form": CancelForm(),
    }
    return render(request, "portal/calls/call.html", context)


@login_required
@require_POST
def cancellation(request: PersonRequest, uid: str) -> HttpResponse:
    """Cancel a call."""
    call = reading.call_or_404(request.user, uid)
    form = CancelForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        cancel(call, reason=reason, by=Actor.of(request.user), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Your call is cancelled. The case stays open.")
    return redirect("calls:call", uid=call.uid)


def _page(request: PersonRequest, calls: QuerySet[Call]) -> Page[Call]:
    try:
        return page_of(calls, order=LATEST_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(calls, order=LATEST_FIRST)
