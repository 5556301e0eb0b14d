"""Conversations of one visit. Whatever is found starts from `held_by`."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions.refusing import Refused
from cases.models import Case
from cases.numbers import typed_number
from chat import enclosing, limiting, reading, receiving, wire
from chat.actions import ending, linking, rating, receipting, starting
from chat.blocking.standing import require_unblocked
from chat.hours import standing_of
from chat.models import Conversation, LineFile, Visit
from chat.widget.requests import content_of, for_visitors, text_in
from helpdesk.attachments.handing_out import respond_with
from helpdesk.people.actors import Actor
from helpdesk.people.sign_in.limits import place_of

MOST_LISTED = 50
MOST_ANSWER = 500
# The question under this name is the subject of the case.
SUBJECT = "subject"


@for_visitors
@require_http_methods(["GET", "POST"])
def conversations(request: HttpRequest, visit: Visit) -> JsonResponse:
    """The visit's conversations, newest first; posting starts one with its first message."""
    if request.method == "POST":
        return _start(request, visit)
    held = Conversation.objects.held_by(visit).select_related("case", "agent")
    return JsonResponse(
        {"conversations": [_row(one) for one in held.order_by("-updated_at", "-id")[:MOST_LISTED]]}
    )


@for_visitors
@require_GET
def events(request: HttpRequest, visit: Visit, key: str) -> JsonResponse:
    """The news after a number, at once."""
    after = request.GET.get("after", "0")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    return JsonResponse(wire.news_for_client(_held_or_404(visit, key), after=number))


@for_visitors
@require_POST
def messages(request: HttpRequest, visit: Visit, key: str) -> JsonResponse:
    """Say something, where there is no socket."""
    content = content_of(request)
    limiting.spend_line(visit, place=place_of(request))
    line = receiving.said_by_client(
        _held_or_404(visit, key), content, visit=visit, at=timezone.now()
    )
    answer = {"conversation": key, "id": content["id"], "number": line.public_number}
    return JsonResponse(answer, status=201)


@for_visitors
@require_POST
def receipts(request: HttpRequest, visit: Visit, key: str) -> JsonResponse:
    """Say what has arrived and been read, where there is no socket."""
    content, conversation = content_of(request), _held_or_404(visit, key)
    delivered, read = content.get("delivered", 0), content.get("read", 0)
    if not receiving.is_number(delivered) or not receiving.is_number(read):
        raise Refused("The receipt could not be read.")
    receipting.note_client(conversation.pk, delivered=delivered, read=read)
    return JsonResponse({})


@for_visitors
@require_POST
def end(request: HttpRequest, visit: Visit, key: str) -> JsonResponse:
    """End the conversation from the client's side."""
    conversation = _held_or_404(visit, key)
    by = Actor(visit.person, conversation.name)
    ended = ending.end(conversation, who=Conversation.EndedBy.CLIENT, by=by)
    return JsonResponse({"state": ended.state})


@for_visitors
@require_POST
def rate(request: HttpRequest, visit: Visit, key: str) -> JsonResponse:
    """Say how it went, once the conversation has ended: {"good": true}."""
    conversation, is_good = _held_or_404(visit, key), content_of(request).get("good")
    if not isinstance(is_good, bool):
        raise Refused("Say whether it went well or not.")
    by = Actor(visit.person, conversation.name)
    rated = rating.rate(conversation, is_good=is_good, by=by, at=timezone.now())
    return JsonResponse({"rating": rated.rating})


@for_visitors
@require_POST
def link(request: HttpRequest, visit: Visit, key: str) -> JsonResponse:
    """Link the conversation to a case that the client may see; anybody else finds none."""
    conversation = _held_or_404(visit, key)
    case = _case_of(visit, text_in(content_of(request), "case", most=20))
    linking.link(conversation, case, by=Actor(visit.person, conversation.name))
    return JsonResponse({"case": case.shown_number})


@for_visitors
@require_POST
def files(request: HttpRequest, visit: Visit) -> JsonResponse:
    """Keep a file until the message that names it is sent."""
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("No file came with the request.")
    limiting.spend_upload(visit, place=place_of(request))
    kept = enclosing.keep(upload, of=visit, at=timezone.now())
    return JsonResponse(
        {"id": kept.public_id, "name": kept.filename, "size": kept.size}, status=201
    )


@for_visitors
@require_GET
def file(request: HttpRequest, visit: Visit, key: str, public_id: str) -> HttpResponseBase:
    """A file of a public line."""
    lines = _held_or_404(visit, key).lines.public()
    held = LineFile.objects.filter(line__in=lines, file__public_id=public_id)
    found = held.select_related("file").first()
    if found is None:
        raise Http404("There is no such file.")
    return respond_with(found.file, inline="inline" in request.GET, to=visit.person)


def _start(request: HttpRequest, visit: Visit) -> JsonResponse:
    content = content_of(request)
    begun = visit.conversations.filter(start_key=text_in(content, "id", most=64)).first()
    if begun is None:
        require_unblocked(visit, at=timezone.now())
        limiting.spend_start(visit, place=place_of(request))
        with transaction.atomic():
            begun = starting.start(visit, _beginning(visit, content))
    news = wire.news_for_client(_held_or_404(visit, begun.key), after=0)
    return JsonResponse(news, status=201)


def _beginning(visit: Visit, content: dict[str, Any]) -> starting.Beginning:
    number = text_in(content, "case", most=20)
    standing = standing_of(visit.site, now=timezone.now(), reader_zone="UTC")
    given = _answers(visit, content.get("answers"))
    return starting.Beginning(
        saying=receiving.reading_of(content, of=visit),
        is_live=standing.is_live,
        answers={label: text for name, (label, text) in given.items() if name != SUBJECT},
        subject=given[SUBJECT][1] if SUBJECT in given else "",
        follows=_case_of(visit, number) if number else None,
    )


def _answers(visit: Visit, given: object) -> dict[str, tuple[str, str]]:
    """Label and answer of each of the site's questions, by its name. Raises Refused."""
    answers: dict[str, tuple[str, str]] = {}
    for question in visit.site.questions:
        value = given.get(question["name"]) if isinstance(given, dict) else None
        text = value.strip()[:MOST_ANSWER] if isinstance(value, str) else ""
        choices = question.get("choices", [])
        if text and choices and text not in choices:
            raise Refused(f"Choose one of the answers to “{question['label']}”.")
        if question.get("is_required") and not text:
            raise Refused(f"Answer “{question['label']}” first.")
        if text:
            answers[question["name"]] = (question["label"], text)
    return answers


def _case_of(visit: Visit, typed: str) -> Case:
    number = typed_number(typed)
    seen = Case.objects.visible_to(visit.person or AnonymousUser())
    case = seen.numbered([number]).first() if number is not None else None
    if case is None:
        raise Refused("You have no case with this number.")
    return case


def _held_or_404(visit: Visit, key: str) -> Conversation:
    found = reading.conversation_of_visit(visit, key, at=timezone.now())
    if found is None:
        raise Http404("There is no such chat.")
    return found


def _row(conversation: Conversation) -> dict[str, Any]:
    return {
        "key": conversation.key,
        "case": conversation.case.shown_number,
        "subject": conversation.case.subject,
        "state": conversation.state,
        "words": conversation.last_words,
        "is_ours": conversation.last_is_ours,
        "at": conversation.updated_at.isoformat(),
        "unread": max(conversation.last_public_number - conversation.client_read, 0)
        if conversation.last_is_ours
        else 0,
    }
