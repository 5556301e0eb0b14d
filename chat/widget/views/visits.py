"""Opening the pop-up: how things stand with us, and who is talking."""

from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases.actions.refusing import Refused
from chat.hours import Standing, standing_of
from chat.identity import visiting
from chat.identity.vouching import read_voucher
from chat.models import Site, Visit
from chat.widget.requests import (
    answering,
    content_of,
    for_visitors,
    reader_of,
    refused,
    text_in,
)
from helpdesk.people.sign_in.limits import Limit, attempt, place_of
from knowledgebase.notices.concerning import notices_for
from knowledgebase.notices.snapshot import Shown

FROM_PLACE = Limit("chat visit, place", 20, 3600)
VOUCHED_FROM_PLACE = Limit("chat voucher, place", 300, 3600)


@answering
@require_GET
def site(request: HttpRequest, key: str) -> JsonResponse:
    """What the pop-up shows before anybody is known: hours, expected answer, form."""
    found = _site_or_404(key)
    now = timezone.now()
    standing = standing_of(found, now=now, reader_zone=_zone(request.GET.get("zone")))
    return JsonResponse(_site_json(found, standing, notices_for(reader_of(request), now=now)))


@answering
@require_POST
def visits(request: HttpRequest) -> JsonResponse:
    """Open a visit, by a voucher or by name and address; its secret is in the answer alone."""
    content = content_of(request)
    found = _site_or_404(text_in(content, "site", most=40))
    token = text_in(content, "voucher", most=4_000)
    limit = VOUCHED_FROM_PLACE if token else FROM_PLACE
    tried = attempt(limit, place_of(request))
    if not tried.is_allowed:
        return refused(
            "Many chats were opened from here. Wait a while, or write to us by e-mail.",
            status=429,
            again=tried.retry_after,
        )
    now = timezone.now()
    if token:
        opened = visiting.open_vouched(found, read_voucher(found, token, at=now), at=now)
    else:
        name, email = _claim(found, content)
        opened = visiting.open_anonymous(found, name=name, email=email, at=now)
    return JsonResponse({"secret": opened.secret, **_visit_json(opened.visit)}, status=201)


@for_visitors
@require_GET
def me(request: HttpRequest, visit: Visit) -> JsonResponse:
    """Whom the secret stands for, when the pop-up comes back."""
    return JsonResponse(_visit_json(visit))


@for_visitors
@require_POST
def end(request: HttpRequest, visit: Visit) -> JsonResponse:
    """Forget this browser: the secret opens nothing any more."""
    visiting.end_visit(visit, at=timezone.now())
    return JsonResponse({}, status=200)


def _site_or_404(key: str) -> Site:
    found = Site.objects.select_related("calendar").filter(key=key, is_offered=True).first()
    if found is None:
        raise Http404("There is no such place.")
    return found


def _claim(site: Site, content: dict[str, Any]) -> tuple[str, str]:
    """What was asked and given; what was not asked is not kept."""
    name = text_in(content, "name", most=200) if site.asks_name != Site.Asked.NO else ""
    email = text_in(content, "email", most=254) if site.asks_email != Site.Asked.NO else ""
    if not name and site.asks_name == Site.Asked.REQUIRED:
        raise Refused("Type your name, so that we know how to address you.")
    if not email and site.asks_email != Site.Asked.REQUIRED:
        return name, email
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused("Type your e-mail address in full, such as name@example.com.") from error
    return name, email


def _zone(name: str | None) -> str:
    return name if name in available_timezones() else str(settings.DESK_TIME_ZONE)


def _visit_json(visit: Visit) -> dict[str, Any]:
    return {"name": visit.name, "email": visit.email, "is_vouched": visit.is_vouched}


def _site_json(found: Site, standing: Standing, notices: list[Shown]) -> dict[str, Any]:
    return {
        "name": settings.SITE_NAME,
        "greeting": found.greeting,
        "takes_anonymous": found.takes_anonymous,
        "asks": {"name": found.asks_name, "email": found.asks_email},
        "questions": found.questions,
        "is_live": standing.is_live,
        "sentence": standing.sentence,
        "reply_seconds": standing.reply_seconds,
        "notices": [
            {"title": notice.title, "text": notice.updates[0].text if notice.updates else ""}
            for notice in notices
        ],
    }
