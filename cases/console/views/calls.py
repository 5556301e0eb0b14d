"""The agents' calls: today, this week, without an outcome; and one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases.actions.refusing import Refused
from cases.calls import cancelling, changing, choosing, concluding
from cases.calls.forms import TimeForm
from cases.calls.models import Call
from cases.calls.offering import offer
from cases.console import reading
from cases.console.forms.calling import OutcomeForm, ReasonForm
from cases.console.queues import counted
from cases.entitlements import ledger
from helpdesk.design.words import zone_city
from helpdesk.paging.keyset import BadCursor, Order, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from helpdesk.people.zones import zone_of

NEXT_FIRST = Order("starts_at", is_descending=False)


@dataclass(frozen=True, slots=True)
class Span:
    """One choice above the list."""

    value: str
    label: str
    empty: str
    narrow: Callable[[QuerySet[Call], datetime], QuerySet[Call]]


def _of_days(days: int) -> Callable[[QuerySet[Call], datetime], QuerySet[Call]]:
    def narrow(calls: QuerySet[Call], now: datetime) -> QuerySet[Call]:
        today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        end = today + timedelta(days=days)
        return calls.filter(state=Call.State.BOOKED, starts_at__gte=today, starts_at__lt=end)

    return narrow


SPANS = (
    Span("today", "Today", "No call today.", _of_days(1)),
    Span("week", "Next seven days", "No call in the next seven days.", _of_days(7)),
    Span(
        "waiting",
        "Without outcome",
        "Every call has its outcome.",
        lambda calls, now: calls.filter(state=Call.State.BOOKED, starts_at__lte=now),
    ),
)


@staff_only
@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    """Calls of the reader, or of everybody, the next one first."""
    by_value = {span.value: span for span in SPANS}
    span = by_value.get(request.GET.get("span", ""), SPANS[0])
    is_everybodys = "everybody" in request.GET
    calls = span.narrow(Call.objects.visible_to(request.user).for_rows(), timezone.now())
    if not is_everybodys:
        calls = calls.filter(agent=request.user)
    try:
        page = page_of(calls, order=NEXT_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        page = page_of(calls, order=NEXT_FIRST)
    context = {
        "page": page,
        "span": span,
        "spans": [(one, one is span) for one in SPANS],
        "is_everybodys": is_everybodys,
        "now": timezone.now(),
        **_sidebar(request),
    }
    return render(request, "console/calls/list.html", context)


@staff_only
@require_GET
def show(request: PersonRequest, uid: str) -> HttpResponse:
    """One call: whom to call, about what, and how it went."""
    return _call_page(request, reading.call_or_404(request.user, uid), OutcomeForm())


@staff_only
def time(request: PersonRequest, uid: str) -> HttpResponse:
    """Move a call to another time."""
    call = reading.call_or_404(request.user, uid)
    form = TimeForm(request.POST or None, initial={"sequence": call.sequence})
    if request.method == "POST" and form.is_valid():
        try:
            changing.reschedule(
                call,
                form.cleaned_data["starts_at"],
                by=Actor.of(request.user),
                now=timezone.now(),
                seen_sequence=form.cleaned_data["sequence"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The call is moved. Both sides get the new invitation.")
            return redirect("console-calls:call", uid=call.uid)
    context = {
        "form": form,
        "call": call,
        "week": _week(request, call),
        "zone_city": zone_city(zone_of(request.user)),
        "desk_city": zone_city(zone_of(call.client)),
        **_sidebar(request),
    }
    status = 422 if form.errors else 200
    return render(request, "console/calls/time.html", context, status=status)


@staff_only
@require_POST
def outcome(request: PersonRequest, uid: str) -> HttpResponse:
    """Note how a call went: so many minutes are used, the rest comes back."""
    call = reading.call_or_404(request.user, uid)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _call_page(request, call, form, status=422)
    values = form.cleaned_data
    return _do(
        request,
        call,
        lambda by: concluding.conclude(call, by=by, now=timezone.now(), **values),
        "Noted. The client reads it on the case.",
    )


@staff_only
@require_POST
def no_answer(request: PersonRequest, uid: str) -> HttpResponse:
    """Note that nobody answered."""
    call = reading.call_or_404(request.user, uid)
    return _do(
        request,
        call,
        lambda by: concluding.note_missed(call, by=by, now=timezone.now()),
        "Noted that nobody answered.",
    )


@staff_only
@require_POST
def refusal(request: PersonRequest, uid: str) -> HttpResponse:
    """Pass a call on to somebody who is free, or cancel it where nobody is."""
    call = reading.call_or_404(request.user, uid)
    reason = _reason(request)
    return _do(
        request,
        call,
        lambda by: changing.decline(call, reason=reason, by=by, now=timezone.now()),
        "Somebody else has the call now, or the client was asked for another time.",
    )


@staff_only
@require_POST
def cancellation(request: PersonRequest, uid: str) -> HttpResponse:
    """Cancel a call; it costs the client nothing."""
    call = reading.call_or_404(request.user, uid)
    reason = _reason(request)
    return _do(
        request,
        call,
        lambda by: cancelling.cancel(call, reason=reason, by=by, now=timezone.now()),
        "The call is cancelled. Both sides are told.",
    )


def _do(
    request: PersonRequest, call: Call, act: Callable[[Actor], object], done: str
) -> HttpResponse:
    try:
        act(Actor.of(request.user))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("console-calls:call", uid=call.uid)


def _call_page(
    request: PersonRequest, call: Call, form: OutcomeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "call": call,
        "form": form,
        "pass_on_form": ReasonForm(auto_id="pass_on_%s"),
        "cancel_form": ReasonForm(auto_id="cancel_%s"),
        "has_begun": call.starts_at <= timezone.now(),
        "left": ledger.available(call.organisation_id),
        **_sidebar(request),
    }
    return render(request, "console/calls/call.html", context, status=status)


def _week(request: PersonRequest, call: Call) -> choosing.Week:
    now, zone = timezone.now(), zone_of(request.user)
    found = offer(
        call.case,
        call.minutes,
        now=now,
        start=choosing.first_instant(request.GET.get("from", ""), now=now, zone=zone),
        days=choosing.DAYS_A_PAGE,
        but=call,
        is_ours=True,
    )
    return choosing.week_of(found, now=now, zone=zone, desk=zone_of(call.client))


def _reason(request: PersonRequest) -> str:
    form = ReasonForm(request.POST)
    return form.cleaned_data["reason"] if form.is_valid() else ""


def _sidebar(request: PersonRequest) -> dict[str, object]:
    return {"queues": [(one, False) for one in counted(request.user)], "is_calls": True}
