"""The composer: a public answer or an internal note."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.actions import replying
from cases.actions.refusing import CaseChanged, Refused
from cases.console import reading
from cases.console.forms.composing import ComposeForm
from cases.lifecycle import MoveRefused
from cases.models import Case, Channel
from cases.thread.adding import Writing
from cases.thread.receiving import UploadRefused, stored_from
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_POST
def compose(request: PersonRequest, number: int) -> HttpResponse:
    """Send what was written. When the case changed meanwhile nothing leaves and all is shown."""
    case = reading.case_or_404(request.user, number)
    form = ComposeForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _send(request, case, form)
        except CaseChanged as change:
            form.add_error(None, str(change))
            return _again(request, number, form, version=change.current)
        except (Refused, MoveRefused, UploadRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Sent." if form.is_public else "Noted, for us only.")
            query = f"?sent=console-{case.shown_number}"
            return redirect(reverse("console:case", args=[number]) + query + "#latest")
    return _again(request, number, form, version=form.data.get("version", ""))


def _send(request: PersonRequest, case: Case, form: ComposeForm) -> None:
    values = form.cleaned_data
    by = Actor.of(request.user)
    writing = Writing(
        text=values["text"],
        channel=Channel.PORTAL,
        files=stored_from(request, values["uploads"]),
        client_key=values["client_key"],
    )
    if form.is_public:
        replying.reply(case, writing, by=by, seen_version=values["version"], then=form.move())
    else:
        replying.add_note(case, writing, by=by)


def _again(
    request: PersonRequest, number: int, form: ComposeForm, *, version: object
) -> HttpResponse:
    case = reading.case_or_404(request.user, number)
    context = reading.page_context(request, case) | {"form": form, "version": version}
    return render(request, "console/case.html", context, status=422)
