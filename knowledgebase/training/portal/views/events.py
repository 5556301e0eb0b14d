"""Training as clients see it: list, month, one event, coming and not coming, recordings."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest
from helpdesk.people.sign_in.limits import Limit
from helpdesk.people.sign_in.refusing import limited
from helpdesk.people.zones import zone_of
from knowledgebase.training import access
from knowledgebase.training.actions import registering
from knowledgebase.training.invitations import published
from knowledgebase.training.models import Event, Registration
from knowledgebase.training.month import month_named, sheet_of
from knowledgebase.training.seats import seats_of

SOONEST_FIRST = Order("starts_at", is_descending=False)
LATEST_FIRST = Order("starts_at")
REGISTERED = Limit("training registered", 30, 60)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is ahead, the soonest first."""
    now = timezone.now()
    page = _page(request, soonest=True, now=now)
    context = {"rows": _with_own(page.rows, request.user), "page": page}
    return render(request, "portal/training/list.html", context)


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """One month on a sheet, by the reader's clock."""
    zone = zone_of(request.user)
    today = timezone.localdate(timezone=zone)
    first = month_named(request.GET.get("month", ""), default=today)
    since = datetime(first.year, first.month, 1, tzinfo=zone)
    events = Event.objects.visible_to(request.user).filter(
        cancelled_at=None, starts_at__gte=since, starts_at__lt=_after(first, since)
    )
    sheet = sheet_of(first, events.order_by("starts_at"), zone=zone, today=today)
    return render(request, "portal/training/month.html", {"sheet": sheet})


@require_GET
def recordings(request: HttpRequest) -> HttpResponse:
    """What is over and was recorded, the latest first."""
    page = _page(request, soonest=False, now=timezone.now())
    context = {"rows": _with_own(page.rows, request.user), "page": page}
    return render(request, "portal/training/recordings.html", context)


@require_GET
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: what, when, where, how many seats, and the reader's own."""
    now = timezone.now()
    found = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    own = _own(found, request.user)
    context = {
        "event": found,
        "own": own,
        "seats": seats_of(found),
        "place_in_line": _place_in_line(own),
        "may_register": access.may_register(request.user, found, now=now),
        "is_open": found.starts_at > now and not found.is_cancelled,
        "may_join": access.may_join(own, found) and found.ends_at > now,
        "may_watch": access.may_watch(request.user, own, found, now=now),
        "is_over": found.ends_at <= now,
    }
    return render(request, "portal/training/event.html", context)


@login_required
@require_POST
@limited(REGISTERED)
def registration(request: PersonRequest, pk: int) -> HttpResponse:
    """Come, or (with `leave`) do not."""
    found = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    by, now = Actor.of(request.user), timezone.now()
    if "leave" in request.POST:
        registering.leave(found, request.user, by=by, at=now)
        messages.success(request, "You are no longer on the list.")
        return redirect("training:event", pk=pk)
    try:
        own = registering.register(found, request.user, by=by, at=now)
    except registering.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{own.get_state_display()}. We have sent you a mail.")
    return redirect("training:event", pk=pk)


@require_GET
def ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The date for any calendar."""
    found = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    written = published(found, now=timezone.now())
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="training-{found.pk}.ics"'
    return answer


def _page(request: HttpRequest, *, soonest: bool, now: datetime) -> Page[Event]:
    events = Event.objects.visible_to(request.user)
    rows = events.ahead(now=now) if soonest else events.over(now=now).exclude(recording_url="")
    order = SOONEST_FIRST if soonest else LATEST_FIRST
    try:
        return page_of(rows, order=order, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(rows, order=order)


def _with_own(
    events: list[Event], person: Person | AnonymousUser
) -> list[tuple[Event, Registration | None]]:
    own: dict[int, Registration] = {}
    if isinstance(person, Person):
        theirs = Registration.objects.filter(person=person, event__in=events)
        own = {one.event_id: one for one in theirs.exclude(state=Registration.State.LEFT)}
    return [(one, own.get(one.pk)) for one in events]


def _own(event: Event, person: Person | AnonymousUser) -> Registration | None:
    return _with_own([event], person)[0][1]


def _place_in_line(own: Registration | None) -> int:
    if own is None or own.state != Registration.State.WAITING:
        return 0
    before = Registration.objects.filter(
        event_id=own.event_id, state=Registration.State.WAITING, since__lt=own.since
    )
    return before.count() + 1


def _after(first: date, since: datetime) -> datetime:
    following = (first + timedelta(days=32)).replace(day=1)
    return datetime(following.year, following.month, 1, tzinfo=since.tzinfo)
