"""Choosing a time: for a new call, or for one that moves."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.actions.refusing import Refused
from cases.calls import booking, changing, choosing
from cases.calls.booking import Wish
from cases.calls.forms import TimeForm
from cases.calls.models import Call
from cases.calls.offering import offer
from cases.calls.rules import current_rules
from cases.entitlements.holdings import holdings_of, why_no_call
from cases.models import Case
from cases.portal import reading
from cases.portal.forms.calling import CallForm
from helpdesk.design.words import zone_city
from helpdesk.people.actors import Actor
from helpdesk.people.requests import PersonRequest
from helpdesk.people.zones import zone_of


@login_required
def new(request: PersonRequest, number: int) -> HttpResponse:
    """Ask for a call about a case: length, time, number, topic."""
    case = reading.case_or_404(request.user, number)
    # One of ours books for the client; everybody else for themselves.
    client = case.client if request.user.is_staff_member else request.user
    form = CallForm(request.POST or None, initial={"phone": client.phone})
    minutes = _length(request)
    if request.method == "POST" and form.is_valid():
        wish = Wish(
            starts_at=form.cleaned_data["starts_at"],
            minutes=minutes,
            phone=form.cleaned_data["phone"],
            topic=form.cleaned_data["topic"],
        )
        try:
            call = booking.book(
                case, wish, client=client, by=Actor.of(request.user), now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The call is booked. The invitation is on its way.")
            return redirect("calls:call", uid=call.uid)
    context = {"form": form, "minutes": minutes} | _booking_context(request, case, minutes)
    status = 422 if form.errors else 200
    return render(request, "portal/calls/new.html", context, status=status)


@login_required
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
            messages.success(request, "Your call is moved. The new invitation is on its way.")
            return redirect("calls:call", uid=call.uid)
    week = _week(request, call.case, call.minutes, but=call)
    context = {"form": form, "call": call, "case": call.case, "week": week, **_reader(request)}
    status = 422 if form.errors else 200
    return render(request, "portal/calls/time.html", context, status=status)


def _booking_context(request: PersonRequest, case: Case, minutes: int) -> dict[str, object]:
    now = timezone.now()
    organisation = case.organisation
    holdings = holdings_of(organisation, now=now)
    booked = Call.objects.visible_to(request.user).booked().filter(case=case).first()
    can_book = booked is None and case.is_active and booking.may_book(request.user, case)
    refusal = why_no_call(holdings, minutes=minutes)
    return {
        "case": case,
        "holdings": holdings,
        "refusal": refusal,
        "booked": booked,
        "can_book": can_book and not refusal,
        "week": _week(request, case, minutes) if can_book and not refusal else None,
        "lengths": [(one, f"?minutes={one}", one == minutes) for one in current_rules().lengths],
        "emergency_phone": organisation.region.emergency_phone if organisation else "",
        **_reader(request),
    }


def _week(
    request: PersonRequest, case: Case, minutes: int, *, but: Call | None = None
) -> choosing.Week:
    now, zone = timezone.now(), zone_of(request.user)
    found = offer(
        case,
        minutes,
        now=now,
        start=choosing.first_instant(request.GET.get("from", ""), now=now, zone=zone),
        days=choosing.DAYS_A_PAGE,
        but=but,
        is_ours=request.user.is_staff_member,
    )
    return choosing.week_of(found, now=now, zone=zone, desk=ZoneInfo(settings.DESK_TIME_ZONE))


def _reader(request: PersonRequest) -> dict[str, object]:
    """Whose clock the times are shown on."""
    rules = current_rules()
    return {
        "zone_city": zone_city(zone_of(request.user)),
        "desk_city": zone_city(ZoneInfo(settings.DESK_TIME_ZONE)),
        "rules": rules,
        "notice_hours": int(rules.notice.total_seconds() // 3600),
    }


def _length(request: PersonRequest) -> int:
    lengths = current_rules().lengths
    typed = request.GET.get("minutes", "")
    return int(typed) if typed in map(str, lengths) else lengths[0]
