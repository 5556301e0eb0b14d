"""What an agent does with a chat: each a form that works without a script."""

import json
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases.actions.refusing import Refused
from cases.models import Case
from cases.numbers import typed_number
from chat import doorbell, enclosing, receiving
from chat.actions import ending, handing_over, inviting, linking
from chat.alerts.models import AlertChoice
from chat.allotting import offers
from chat.console.inbox import conversation_or_404
from chat.models import Availability, Conversation, LineFile
from helpdesk.attachments.handing_out import respond_with
from helpdesk.attachments.storing import FileRefused, StorageUnavailable
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.models import Person, Team
from helpdesk.people.requests import PersonRequest


@staff_only
@require_POST
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the chat."""
    conversation = conversation_or_404(request.user, pk)
    return _done(request, pk, lambda: handing_over.accept(conversation, by=request.user))


@staff_only
@require_POST
def transfer(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand it to a colleague (`person:7`) or a team (`team:2`), with a note for them."""
    conversation = conversation_or_404(request.user, pk)
    to = _target(request.POST.get("to", ""))
    note = request.POST.get("note", "")[:2_000]
    return _done(
        request, pk, lambda: handing_over.transfer(conversation, to=to, by=request.user, note=note)
    )


@staff_only
@require_POST
def invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Bring in a colleague (`person:7`), with a note for them."""
    conversation = conversation_or_404(request.user, pk)
    colleague = _target(request.POST.get("to", ""))
    if not isinstance(colleague, Person):
        raise Http404("There is no such colleague.")
    note = request.POST.get("note", "")[:2_000]
    return _done(
        request,
        pk,
        lambda: inviting.invite(conversation, colleague, by=request.user, note=note),
    )


@staff_only
@require_POST
def leave(request: PersonRequest, pk: int) -> HttpResponse:
    """Go out of a chat that one was brought into."""
    conversation = conversation_or_404(request.user, pk)
    return _done(request, pk, lambda: inviting.leave(conversation, by=request.user))


@staff_only
@require_POST
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """End the chat; the transcript is mailed."""
    conversation = conversation_or_404(request.user, pk)
    who, by = Conversation.EndedBy.AGENT, Actor.of(request.user)
    return _done(request, pk, lambda: ending.end(conversation, who=who, by=by))


@staff_only
@require_POST
def link(request: PersonRequest, pk: int) -> HttpResponse:
    """Link the chat to a case by its number."""
    conversation = conversation_or_404(request.user, pk)
    number = typed_number(request.POST.get("case", ""))
    case = Case.objects.visible_to(request.user).numbered([number or 0]).first()
    if case is None:
        messages.error(request, "There is no case with this number.")
        return redirect("inbox:chat", pk=pk)
    return _done(request, pk, lambda: linking.link(conversation, case, by=Actor.of(request.user)))


@staff_only
@require_POST
def say(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer or whisper. A script sends JSON; a form without one sends its fields."""
    conversation = conversation_or_404(request.user, pk)
    is_json = request.content_type == "application/json"
    try:
        content = _content(request) if is_json else _fields(request)
        line = receiving.said_by_ours(conversation, content, by=request.user, at=timezone.now())
    except Refused as refusal:
        if is_json:
            return JsonResponse({"error": str(refusal)}, status=422)
        messages.error(request, str(refusal))
        return redirect("inbox:chat", pk=pk)
    if not is_json:
        return redirect("inbox:chat", pk=pk)
    answer = {"conversation": pk, "id": content["id"], "number": line.number}
    return JsonResponse(answer, status=201)


@staff_only
@require_POST
def files(request: PersonRequest) -> JsonResponse:
    """Keep a file until the line that names it is sent."""
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"error": "No file came with the request."}, status=422)
    try:
        kept = enclosing.keep(upload, of=request.user, at=timezone.now())
    except (Refused, FileRefused, StorageUnavailable) as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    return JsonResponse(
        {"id": kept.public_id, "name": kept.filename, "size": kept.size}, status=201
    )


@staff_only
@require_GET
def file(request: PersonRequest, pk: int, public_id: str) -> HttpResponseBase:
    """A file of the chat."""
    lines = conversation_or_404(request.user, pk).lines.all()
    held = LineFile.objects.filter(line__in=lines, file__public_id=public_id)
    found = held.select_related("file").first()
    if found is None:
        raise Http404("There is no such file.")
    return respond_with(found.file, inline="inline" in request.GET, to=request.user)


@staff_only
@require_POST
def availability(request: PersonRequest) -> HttpResponse:
    """Go away from the inbox, or come back to it; who goes keeps nothing that they were given."""
    is_away = request.POST.get("away") == "yes"
    Availability.objects.update_or_create(person=request.user, defaults={"is_away": is_away})
    if is_away:
        offers.withdraw_from(request.user, at=timezone.now())
    doorbell.ring((doorbell.INBOX, {"type": "chat.inbox", "conversation": 0}))
    messages.success(
        request, "You are away: no chat waits for you." if is_away else "You are back."
    )
    return redirect("inbox:inbox")


@staff_only
@require_POST
def alerts(request: PersonRequest) -> HttpResponse:
    """Choose by what the inbox calls."""
    chosen = {
        "has_sound": request.POST.get("sound") == "yes",
        "has_notifications": request.POST.get("notifications") == "yes",
    }
    AlertChoice.objects.update_or_create(person=request.user, defaults=chosen)
    return HttpResponse(status=204) if request.htmx else redirect("inbox:inbox")


def _done(request: PersonRequest, pk: int, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("inbox:chat", args=[pk]))


def _target(typed: str) -> Person | Team:
    kind, _, number = typed.partition(":")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    found: Person | Team | None = None
    if kind == "person":
        found = Person.objects.staff().filter(pk=pk).first()
    elif kind == "team":
        found = Team.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such colleague or team.")
    return found


def _content(request: PersonRequest) -> dict[str, object]:
    try:
        content = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Refused("The message could not be read, so it was not taken.") from error
    if not isinstance(content, dict):
        raise Refused("The message could not be read, so it was not taken.")
    return content


def _fields(request: PersonRequest) -> dict[str, object]:
    return {
        "id": request.POST.get("client_key", ""),
        "text": request.POST.get("text", ""),
        "whisper": request.POST.get("audience") == "internal",
    }
