"""The inbox and one chat in it."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from chat import wire
from chat.console.inbox import conversation_or_404, inbox_context
from helpdesk.live.fragments import is_for
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_GET
@never_cache
def inbox(request: PersonRequest) -> HttpResponse:
    """One list: waiting, mine or all."""
    context = inbox_context(request, request.GET.get("show", ""))
    part = is_for(request, "chats")
    return render(request, "console/chat/_rows.html" if part else "console/chat.html", context)


@staff_only
@require_GET
@never_cache
def show(request: PersonRequest, pk: int) -> HttpResponse:
    """One chat, with its list beside it."""
    conversation = conversation_or_404(request.user, pk)
    context = inbox_context(request, request.GET.get("show", "mine"), current=conversation)
    return render(request, "console/chat.html", context)


@staff_only
@require_GET
@never_cache
def events(request: PersonRequest, pk: int) -> JsonResponse:
    """The news after a number, at once."""
    after = request.GET.get("after", "0")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    conversation = conversation_or_404(request.user, pk)
    return JsonResponse(wire.news_for_ours(conversation, after=number, reader=request.user.pk))
