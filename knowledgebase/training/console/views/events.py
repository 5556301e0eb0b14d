"""Planning, changing and cancelling training, and noting who came."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.training.actions import planning
from knowledgebase.training.console.forms.events import EventForm
from knowledgebase.training.models import Event, Registration
from knowledgebase.training.seats import seats_of

LATEST_FIRST = Order("starts_at")
MOST_PEOPLE = 500
State = Registration.State


@staff_only
@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    """Every event, the latest first."""
    context = {"page": _page(request), "is_training": True, "now": timezone.now()}
    return render(request, "console/training/list.html", context)


@staff_only
def plan(request: PersonRequest) -> HttpResponse:
    """The form for a new event."""
    form = EventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        event = planning.plan(
            form.save(commit=False),
            regions=form.cleaned_data["regions"],
            by=Actor.of(request.user),
            at=timezone.now(),
        )
        messages.success(request, "Planned.")
        return redirect("console-training:event", pk=event.pk)
    context = {"form": form, "is_training": True}
    return render(request, "console/training/new.html", context, status=_status(form))


@staff_only
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """One event with its lists; posting keeps what was edited and tells those with a seat."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = EventForm(posted, instance=event, initial={"regions": list(event.regions.all())})
    if posted is not None and form.is_valid():
        planning.change(
            form.save(commit=False),
            regions=form.cleaned_data["regions"],
            by=Actor.of(request.user),
            at=timezone.now(),
        )
        messages.success(request, "Kept. Who has a seat gets a mail if the invitation changed.")
        return redirect("console-training:event", pk=pk)
    return _event_page(request, Event.objects.get(pk=pk), form)


@staff_only
@require_POST
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Call it off and tell everybody on its lists."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    planning.cancel(event, by=Actor.of(request.user), at=timezone.now())
    messages.success(request, "Cancelled. Everybody on the lists gets a mail.")
    return redirect("console-training:event", pk=pk)


@staff_only
@require_POST
def attendance(request: PersonRequest, pk: int) -> HttpResponse:
    """Note who came: those whose box is ticked."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    came = {int(one) for one in request.POST.getlist("came") if one.isascii() and one.isdigit()}
    planning.note_attendance(event, came=came, by=Actor.of(request.user), at=timezone.now())
    messages.success(request, "Noted who came.")
    return redirect("console-training:event", pk=pk)


def _event_page(request: PersonRequest, event: Event, form: EventForm) -> HttpResponse:
    people = event.registrations.select_related("person__organisation").order_by("since", "pk")
    context = {
        "event": event,
        "form": form,
        "seats": seats_of(event),
        "seated": people.filter(state=State.SEATED)[:MOST_PEOPLE],
        "waiting": people.filter(state=State.WAITING)[:MOST_PEOPLE],
        "has_begun": event.starts_at <= timezone.now(),
        "is_training": True,
    }
    return render(request, "console/training/event.html", context, status=_status(form))


def _page(request: PersonRequest) -> Page[Event]:
    events = Event.objects.visible_to(request.user)
    try:
        return page_of(events, order=LATEST_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(events, order=LATEST_FIRST)


def _status(form: EventForm) -> int:
    return 422 if form.errors else 200
