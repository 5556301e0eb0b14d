"""One case, as its client sees it. What anybody sees here starts from `visible_to`."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from cases.actions import moving, prioritising, replying
from cases.actions.refusing import Refused
from cases.closing.words import forecast_of
from cases.defects.campaigns.answering import open_question
from cases.defects.models import Defect
from cases.lifecycle import ENDED, Move, MoveRefused
from cases.models import Case, Channel
from cases.oncall.reading import calls_of
from cases.portal import reading
from cases.portal.forms.prioritising import PriorityForm
from cases.portal.forms.replying import ReplyForm
from cases.satisfaction.asking import open_survey
from cases.satisfaction.tokens import token_of
from cases.sla.office_hours import closed_notice
from cases.sla.receipt import receipts_of
from cases.sla.standing import standings_for
from cases.thread.adding import Writing
from cases.thread.formatted import formatted
from cases.thread.lines import lines_of
from cases.thread.models import MessageFile
from cases.thread.reading import thread_of
from cases.thread.receiving import UploadRefused, stored_from
from helpdesk.attachments.handing_out import respond_with
from helpdesk.people.actors import Actor
from helpdesk.people.requests import PersonRequest
from helpdesk.people.zones import zone_of


@login_required
@require_GET
def show(request: PersonRequest, number: int) -> HttpResponse:
    """The case: what happens now, the thread, a place to answer."""
    case = reading.case_or_404(request.user, number)
    if (kept := reading.kept_for(request.user, case)) is not None:
        messages.info(request, f"Case {case.shown_number} is part of this one now.")
        return redirect("portal:case", number=kept.number)
    return _case_page(request, case, ReplyForm())


@login_required
@require_GET
def live(request: PersonRequest, number: int) -> HttpResponse:
    """The part of the page that changes, for live screens."""
    case = reading.case_or_404(request.user, number)
    if (kept := reading.kept_for(request.user, case)) is not None:
        return HttpResponseClientRedirect(reverse("portal:case", args=[kept.number]))
    return render(request, "portal/cases/_live.html", _context(request, case))


@login_required
@require_GET
def promises(request: PersonRequest, number: int) -> HttpResponse:
    """What counted towards our promises, stretch by stretch, in plain words."""
    case = reading.case_or_404(request.user, number)
    context = {"case": case, "receipts": receipts_of(case, now=timezone.now())}
    return render(request, "portal/cases/promises.html", context)


@login_required
@require_POST
def reply(request: PersonRequest, number: int) -> HttpResponse:
    """Add the client's message; an ended case opens again while its window lasts."""
    case = reading.case_or_404(request.user, number)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _case_page(request, case, form, status=422)
    try:
        writing = Writing(
            text=form.cleaned_data["text"],
            channel=Channel.PORTAL,
            files=stored_from(request, form.cleaned_data["uploads"]),
            client_key=form.cleaned_data["client_key"],
        )
        replying.reply(case, writing, by=Actor.of(request.user))
    except (Refused, MoveRefused, UploadRefused) as refusal:
        form.add_error(None, str(refusal))
        return _case_page(request, case, form, status=422)
    messages.success(request, "Your message is on the case.")
    return _back(number, sent=f"reply-{case.shown_number}")


@login_required
@require_POST
def close(request: PersonRequest, number: int) -> HttpResponse:
    """The client says that the question is answered."""
    return _move(request, number, Move.CLOSE, done="The case is closed. Thank you for telling us.")


@login_required
@require_POST
def reopen(request: PersonRequest, number: int) -> HttpResponse:
    """The client says that it is not solved."""
    return _move(request, number, Move.REOPEN, done="The case is open again. We look at it.")


@login_required
@require_POST
def priority(request: PersonRequest, number: int) -> HttpResponse:
    """Set the priority; the promise follows."""
    case = reading.case_or_404(request.user, number)
    form = PriorityForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.sentence)
        return _back(number)
    try:
        prioritising.change_priority(
            case,
            form.cleaned_data["priority"],
            by=Actor.of(request.user),
            reason=form.cleaned_data["reason"],
            characteristics=form.cleaned_data["characteristics"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The priority is changed, and our promise with it.")
    return _back(number)


@login_required
@require_GET
def formatted_message(request: PersonRequest, number: int, pk: int) -> HttpResponse:
    """One message as it was sent, for the frame in the thread."""
    case = reading.case_or_404(request.user, number)
    message = get_object_or_404(case.messages.readable_by(request.user), pk=pk)
    return formatted(request, message, surface="portal")


@login_required
@require_GET
def file(request: PersonRequest, number: int, public_id: str) -> HttpResponseBase:
    """Hand out a file of a message that the reader may read."""
    case = reading.case_or_404(request.user, number)
    found = (
        MessageFile.objects.filter(
            message__in=case.messages.readable_by(request.user), file__public_id=public_id
        )
        .select_related("file")
        .first()
    )
    if found is None:
        raise Http404("There is no such file on this case.")
    return respond_with(found.file, inline="inline" in request.GET)


def _move(request: PersonRequest, number: int, move: Move, *, done: str) -> HttpResponse:
    case = reading.case_or_404(request.user, number)
    try:
        moving.move(case, move, by=Actor.of(request.user), reason=request.POST.get("reason", ""))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(number)


def _case_page(
    request: PersonRequest, case: Case, form: ReplyForm, *, status: int = 200
) -> HttpResponse:
    just_opened = "opened" in request.GET
    now = timezone.now()
    context = _context(request, case) | {
        "form": form,
        "just_opened": just_opened,
        "closed": closed_notice(case, reader=request.user, now=now) if just_opened else "",
        "sent": request.GET.get("sent", "")[:60],
    }
    return render(request, "portal/cases/case.html", context, status=status)


def _context(request: PersonRequest, case: Case) -> dict[str, object]:
    now = timezone.now()
    survey = open_survey(case, reader=request.user)
    participants = reading.participants_of(case)
    thread = thread_of(case, reader=request.user, everything="everything" in request.GET)
    return {
        "case": case,
        "survey_token": token_of(survey) if survey else "",
        "thread": thread,
        "lines": lines_of(thread),
        "standing": standings_for([case], now=now, zone=zone_of(request.user)).get(case.pk),
        "forecast": forecast_of(case, reader=request.user),
        "calls": calls_of(case),
        "moves": reading.moves_for(request.user, case, now=now),
        "participants": participants,
        "is_following": request.user in participants,
        "can_follow": request.user.is_client and request.user != case.client,
        "followed": reading.followed_by(request.user, case),
        **reading.calls_of(request.user, case),
        "defects": list(Defect.objects.visible_to(request.user).of_case(case)),
        "fix_question": open_question(case, request.user),
        "can_reply": _can_reply(case, now=now),
        "priority_form": PriorityForm(initial={"priority": case.priority}),
    }


def _can_reply(case: Case, *, now: datetime) -> bool:
    is_reopened_by_it = case.current_state in ENDED and moving.may_still_reopen(case, now=now)
    return case.is_active or is_reopened_by_it


def _back(number: int, *, sent: str = "") -> HttpResponse:
    query = f"?sent={sent}" if sent else ""
    return redirect(reverse("portal:case", args=[number]) + query + "#latest")
