"""The status for programs: Atom, iCalendar, and JSON for whoever shows a banner."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from knowledgebase.notices import feeds
from knowledgebase.notices.concerning import notices_for
from knowledgebase.notices.keeping import NothingKept, snapshot
from knowledgebase.notices.snapshot import Shown

SECONDS_KEPT = 60


@require_GET
def atom(request: HttpRequest) -> HttpResponse:
    """Every notice, for feed readers."""
    try:
        kept = snapshot(now=timezone.now())
    except NothingKept:
        return HttpResponse(status=503)
    page, feed = (f"{settings.SITE_URL}{reverse(name)}" for name in ("status:overview", _ATOM))
    written = feeds.atom(kept, page_url=page, feed_url=feed)
    return _public(HttpResponse(written, content_type="application/atom+xml; charset=utf-8"))


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Planned notices, for calendars."""
    now = timezone.now()
    try:
        kept = snapshot(now=now)
    except NothingKept:
        return HttpResponse(status=503)
    written = feeds.calendar(kept.notices, now=now)
    return _public(HttpResponse(written, content_type="text/calendar; charset=utf-8"))


@require_GET
@never_cache
def concerns(request: HttpRequest) -> JsonResponse:
    """What concerns whoever asks, the worst first: `{"notices": [...]}`."""
    notices = notices_for(request.user, now=timezone.now())
    return JsonResponse({"notices": [_described(one) for one in notices]})


_ATOM = "status:atom"


def _described(notice: Shown) -> dict[str, Any]:
    return {
        "id": notice.pk,
        "kind": notice.kind.value,
        "state": notice.state.value,
        "state_words": notice.state.label,
        "tone": notice.tone,
        "title": notice.title,
        "summary": notice.summary,
        "starts_at": notice.starts_at.isoformat(),
        "ends_at": notice.ends_at.isoformat() if notice.ends_at else None,
        "url": notice.url,
    }


def _public(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
    return response
