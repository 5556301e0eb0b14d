"""Each view does the least that a page of its kind has to do."""

from pathlib import Path
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.postgres.search import SearchQuery
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.utils import timezone
from django.utils.decorators import decorator_from_middleware

from cases.models import Case, CaseWords
from cases.thread.models import Message
from helpdesk.people.models import Person

ROWS = 30
_engine = Engine(dirs=[str(Path(__file__).parent / "templates")])
_list, _detail = _engine.get_template("list.html"), _engine.get_template("detail.html")


def bare(request: HttpRequest) -> HttpResponse:
    """One indexed query, thirty rows."""
    return _rows()


@decorator_from_middleware(SessionMiddleware)
@decorator_from_middleware(AuthenticationMiddleware)
def auth(request: HttpRequest) -> HttpResponse:
    """The same for somebody who is signed in."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return _rows()


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One case and its messages."""
    case = Case.objects.select_related("client").get(pk=pk)
    messages = Message.objects.filter(case=case).order_by("at", "id")
    return _page(_detail, {"case": case, "messages": messages})


def insert(request: HttpRequest) -> HttpResponse:
    """A case and its first message, durable before the answer."""
    now, client = timezone.now(), Person.objects.get(username="contact-20")
    with transaction.atomic():
        case = Case.objects.create(
            subject="Report is empty",
            channel="portal",
            client=client,
            organisation_id=client.organisation_id,
            created_at=now,
            updated_at=now,
            last_message_at=now,
            last_message_by=client.full_name,
        )
        Message.objects.create(
            case=case,
            author=client,
            author_label=client.full_name,
            channel="portal",
            text=TEXT,
            visibility="public",
            at=now,
        )
    return HttpResponse(status=204)


def fts(request: HttpRequest) -> HttpResponse:
    """Thirty cases with a word, found by its index."""
    query = SearchQuery(request.GET["q"], config="english", search_type="websearch")
    found = CaseWords.objects.filter(everything=query).values("case")[:ROWS]
    return _page(_list, {"cases": Case.objects.filter(pk__in=found).select_related("client")})


def _rows() -> HttpResponse:
    newest = Case.objects.active().order_by("-updated_at", "-id").select_related("client")
    return _page(_list, {"cases": newest[:ROWS]})


def _page(template: Any, values: dict[str, object]) -> HttpResponse:
    return HttpResponse(template.render(Context(values)))


TEXT = "The monthly report shows no rows since this morning. Exporting gives the right numbers."
