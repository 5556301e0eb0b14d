"""One case in the console: thread in the middle, facts beside it, composer below."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect

from cases.console import reading
from cases.console.forms.composing import ComposeForm
from cases.console.queues import counted
from cases.sla.receipt import receipts_of
from cases.thread.formatted import formatted
from cases.thread.models import MessageFile
from helpdesk.attachments.handing_out import respond_with
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_GET
def show(request: PersonRequest, number: int) -> HttpResponse:
    """The whole page."""
    case = reading.case_or_404(request.user, number)
    kept = reading.kept_for(request.user, case)
    if kept is not None and "stay" not in request.GET:
        messages.info(request, f"Case {case.shown_number} was merged into this one.")
        return redirect("console:case", number=kept.number)
    context = reading.page_context(request, case)
    context |= {
        "form": ComposeForm(),
        "version": case.version,
        "kept": kept,
        "sent": request.GET.get("sent", "")[:60],
    }
    return render(request, "console/case.html", context)


@staff_only
@require_GET
def live(request: PersonRequest, number: int) -> HttpResponse:
    """What changed on the page, fetched when the doorbell rings. The composer is left alone."""
    case = reading.case_or_404(request.user, number)
    if (kept := reading.kept_for(request.user, case)) is not None:
        return HttpResponseClientRedirect(reverse("console:case", args=[kept.number]))
    context = reading.live_context(request.user, case) | {"is_fragment": True}
    return render(request, "console/case/_live.html", context)


@staff_only
@require_GET
def receipt(request: PersonRequest, number: int) -> HttpResponse:
    """The arithmetic of every promise of the case, interval by interval."""
    case = reading.case_or_404(request.user, number)
    context = {
        "case": case,
        "receipts": receipts_of(case, now=timezone.now()),
        "queues": [(one, False) for one in counted(request.user)],
    }
    return render(request, "console/receipt.html", context)


@staff_only
@require_GET
def formatted_message(request: PersonRequest, number: int, pk: int) -> HttpResponse:
    """One message as it was sent, for the frame in the thread."""
    case = reading.case_or_404(request.user, number)
    message = get_object_or_404(case.messages.readable_by(request.user), pk=pk)
    return formatted(request, message, surface="console")


@staff_only
@require_GET
def file(request: PersonRequest, number: int, public_id: str) -> HttpResponseBase:
    """Hand out a file of this case."""
    case = reading.case_or_404(request.user, number)
    found = (
        MessageFile.objects.filter(message__case=case, file__public_id=public_id)
        .select_related("file")
        .first()
    )
    if found is None:
        raise Http404("There is no such file on this case.")
    return respond_with(found.file, inline="inline" in request.GET)
