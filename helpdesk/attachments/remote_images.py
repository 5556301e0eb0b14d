"""Remote pictures of a mail: fetched by us, only when the reader asks, and drawn anew.

The sender learns that our server asked, not who read the mail, where, or with which cookies.
"""

import threading
from datetime import timedelta

import structlog
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from helpdesk.attachments.handing_out import harmless_headers
from helpdesk.attachments.models import RASTER_TYPES
from helpdesk.attachments.rasters import NotAPicture, draw_anew
from helpdesk.fetching.fetching import PUBLIC, Fetcher, FetchRefused
from helpdesk.people.models import Person

log = structlog.get_logger(__name__)

LINK_LIFETIME = timedelta(minutes=5)
MOST_BYTES = 5_000_000
AT_ONCE = 4
PATIENCE_SECONDS = 3
_SALT = "attachments.remote_image"
# Slow hosts may hold up a few threads of a process, never all.
_turns = threading.BoundedSemaphore(AT_ONCE)


def remote_picture_url(url: str, *, person: Person, message: str) -> str:
    """Return our address of the picture at `url`, for `person` who asked to see `message`'s.

    It works for LINK_LIFETIME, for that person only; nobody can make one for an address that no
    mail holds.
    """
    token = signing.dumps([url, person.pk, message], salt=_SALT, compress=True)
    return reverse("remote_image", args=[token])


@require_GET
def remote_image(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the picture that `token` names, or 404 for whatever reason there is none."""
    try:
        url, person_id, message = signing.loads(token, salt=_SALT, max_age=LINK_LIFETIME)
    except signing.BadSignature as error:
        raise Http404("There is no such picture.") from error
    if request.user.pk is None or request.user.pk != person_id:
        raise Http404("There is no such picture.")
    return answer_with_picture(url, message=message, fetcher=PUBLIC)


def answer_with_picture(url: str, *, message: str, fetcher: Fetcher) -> HttpResponse:
    """Fetch `url` with `fetcher` and answer with the picture drawn anew, or raise Http404."""
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        return HttpResponse(status=503, headers={**harmless_headers(), "Retry-After": "5"})
    try:
        fetched = fetcher.fetch(url, max_bytes=MOST_BYTES, accept_types=RASTER_TYPES)
        raster = draw_anew(fetched.content)
    except (FetchRefused, NotAPicture) as refusal:
        log.info("attachments.remote_image_refused", message_id=message, reason=str(refusal))
        raise Http404("There is no such picture.") from refusal
    finally:
        _turns.release()
    return HttpResponse(
        raster.content, content_type=raster.content_type, headers=harmless_headers()
    )
