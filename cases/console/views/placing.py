"""Where a message belongs: moved, split off, or its sender bound to the case."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.actions import rethreading
from cases.actions.refusing import Refused
from cases.console import reading
from cases.lifecycle import MoveRefused
from cases.mailroom import binding
from cases.models import Case
from cases.numbers import typed_number
from cases.thread.models import Message
from helpdesk.people.actors import Actor
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_POST
def move(request: PersonRequest, number: int, pk: int) -> HttpResponse:
    """Move the message to the case whose number was typed."""
    message = _message_or_404(request, number, pk)
    wanted = typed_number(request.POST.get("to", ""))
    target = Case.objects.visible_to(request.user).numbered([wanted or 0]).first()
    if target is None:
        messages.error(request, "There is no case with this number. Nothing was moved.")
        return _to(number)
    lets_in = "lets_in" in request.POST
    by = Actor.of(request.user)
    return _do(
        request,
        lambda: rethreading.move_message(message, to=target, by=by, lets_in=lets_in).case,
        stays_at=number,
        done="The message is moved; what is owed for it went along.",
    )


@staff_only
@require_POST
def split(request: PersonRequest, number: int, pk: int) -> HttpResponse:
    """Give the message a case of its own."""
    message = _message_or_404(request, number, pk)
    by = Actor.of(request.user)
    return _do(
        request,
        lambda: rethreading.split(message, by=by),
        stays_at=number,
        done="The message has a case of its own; its client gets the number.",
    )


@staff_only
@require_POST
def sender(request: PersonRequest, number: int, pk: int) -> HttpResponse:
    """Let mails of this sender belong here from now on, or no longer."""
    message = _message_or_404(request, number, pk)
    author, case = message.author, message.case
    if author is None:
        messages.error(request, "Nobody is known as the sender. Nothing was changed.")
        return _to(number)
    by = Actor.of(request.user)
    if "stop" in request.POST:
        binding.free(case, author, by=by)
        messages.success(request, "Mails of this sender find their own way again.")
        return _to(number)

    def bind() -> Case:
        binding.bind(case, author, by=by)
        return case

    return _do(request, bind, stays_at=number, done="Mails of this sender belong here from now on.")


def _message_or_404(request: PersonRequest, number: int, pk: int) -> Message:
    case = reading.case_or_404(request.user, number)
    readable = case.messages.readable_by(request.user).select_related("author", "case")
    return get_object_or_404(readable, pk=pk)


def _do(
    request: PersonRequest, act: Callable[[], Case], *, stays_at: int, done: str
) -> HttpResponse:
    try:
        case = act()
    except (Refused, MoveRefused) as refusal:
        messages.error(request, str(refusal))
        return _to(stays_at)
    messages.success(request, done)
    return _to(case.number)


def _to(number: int) -> HttpResponse:
    return redirect(reverse("console:case", args=[number]) + "#latest")
