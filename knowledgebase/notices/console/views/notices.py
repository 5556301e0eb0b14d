"""Posting, updating, moving and ending notices. Any of ours may: trouble comes at night too."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helpdesk.paging.keyset import BadCursor, Order, Page, page_of
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest
from knowledgebase.notices.actions import planning, posting
from knowledgebase.notices.actions.posting import BadTimes
from knowledgebase.notices.console.forms.notices import NoticeForm, PlanForm, SayingForm
from knowledgebase.notices.lifecycle import Impact, Kind, MoveRefused
from knowledgebase.notices.models import Notice
from knowledgebase.notices.snapshot import for_showing, shown_of

LATEST_FIRST = Order("updated_at")
POSTED_BY_HAND = (Kind.INCIDENT, Kind.MAINTENANCE)


@staff_only
@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    """Every notice, the latest first; those that are not over on top."""
    own = Notice.objects.visible_to(request.user)
    page = _page(request)
    context = {
        "open": [shown_of(one) for one in for_showing(own.open().order_by("starts_at"))],
        "rows": [shown_of(one) for one in page.rows],
        "page": page,
        "kinds": POSTED_BY_HAND,
        "is_notices": True,
    }
    return render(request, "console/notices/list.html", context)


@staff_only
def post(request: PersonRequest, kind: str) -> HttpResponse:
    """The form for a new notice; posting shows it everywhere at once."""
    if kind not in POSTED_BY_HAND:
        raise Http404("There is no such kind of notice.")
    form = NoticeForm(request.POST or None, kind=Kind(kind))
    if request.method == "POST" and form.is_valid():
        notice = posting.post(form.draft(), by=Actor.of(request.user))
        messages.success(request, "Posted. Subscribers get a mail.")
        return redirect("console-notices:notice", pk=notice.pk)
    context = {"form": form, "kind": Kind(kind), "is_notices": True}
    return render(request, "console/notices/new.html", context, status=_status(form))


@staff_only
@require_GET
def show(request: PersonRequest, pk: int) -> HttpResponse:
    """One notice, with the ways to go on from it."""
    notice = _notice(request, pk)
    return _page_of_notice(request, notice, SayingForm(notice=notice), PlanForm(notice=notice))


@staff_only
@require_POST
def say(request: PersonRequest, pk: int) -> HttpResponse:
    """Say more, with another state or impact if so."""
    notice = _notice(request, pk)
    form = SayingForm(request.POST, notice=notice)
    if form.is_valid():
        values = form.cleaned_data
        try:
            posting.say(
                notice,
                values["text"],
                by=Actor.of(request.user),
                state=form.chosen_state,
                impact=Impact(values["impact"]),
            )
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Posted. Subscribers get a mail.")
            return redirect("console-notices:notice", pk=pk)
    return _page_of_notice(request, notice, form, PlanForm(notice=notice))


@staff_only
@require_POST
def replan(request: PersonRequest, pk: int) -> HttpResponse:
    """Move or extend what is planned or under way."""
    notice = _notice(request, pk)
    form = PlanForm(request.POST, notice=notice)
    if form.is_valid():
        values = form.cleaned_data
        try:
            planning.replan(
                notice,
                starts_at=values.get("starts_at") or notice.starts_at,
                ends_at=values["ends_at"],
                text=values["text"],
                by=Actor.of(request.user),
                at=timezone.now(),
            )
        except BadTimes as refusal:
            form.add_error("ends_at", str(refusal))
        else:
            messages.success(request, "The times are changed. Subscribers get a mail.")
            return redirect("console-notices:notice", pk=pk)
    return _page_of_notice(request, notice, SayingForm(notice=notice), form)


def _notice(request: PersonRequest, pk: int) -> Notice:
    return get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)


def _page_of_notice(
    request: PersonRequest, notice: Notice, saying: SayingForm, plan: PlanForm
) -> HttpResponse:
    shown = next(shown_of(one) for one in for_showing(Notice.objects.filter(pk=notice.pk)))
    context = {
        "notice": shown,
        "form": saying,
        "plan": plan if notice.is_open else None,
        "is_notices": True,
    }
    status = max(_status(saying), _status(plan))
    return render(request, "console/notices/notice.html", context, status=status)


def _page(request: PersonRequest) -> Page[Notice]:
    over = for_showing(Notice.objects.visible_to(request.user).ended())
    try:
        return page_of(over, order=LATEST_FIRST, cursor=request.GET.get("page", ""))
    except BadCursor:
        return page_of(over, order=LATEST_FIRST)


def _status(form: NoticeForm | SayingForm | PlanForm) -> int:
    return 422 if form.errors else 200
