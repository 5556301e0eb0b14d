"""Files over HTTP: uploading while writing, taking back, and short links."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from helpdesk.attachments import drafts
from helpdesk.attachments.handing_out import LinkExpired, read_signed_url, response_of
from helpdesk.attachments.storing import FileRefused, StorageUnavailable
from helpdesk.people.models import Person
from helpdesk.people.requests import PersonRequest
from helpdesk.people.sign_in import limits

UPLOADS = limits.Limit("upload", 120, 600)


@login_required
@require_POST
def upload(request: PersonRequest) -> HttpResponse:
    """Keep one file, `file`, as a draft: `{"token", "name", "size"}`, or `{"error"}` with 4xx."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return _refused("did not arrive. Please add it again.", status=400)
    tried = limits.attempt(UPLOADS, str(request.user.pk))
    if not tried.is_allowed:
        minutes = -(-tried.retry_after // 60)
        return _refused(f"has to wait: too many files at once. Try in {minutes} min.", status=429)
    return _kept(sent, request=request)


@login_required
@require_http_methods(["DELETE"])
def draft(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take a draft back."""
    if not drafts.discard(public_id, by=request.user, session=request.session):
        raise Http404("There is no such file.")
    return HttpResponse(status=204)


@require_GET
def signed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer with the file of a short link, on the host that files come from."""
    if settings.FILES_URL and request.get_host() != urlsplit(settings.FILES_URL).netloc:
        raise Http404("There is no such file.")
    person = request.user if isinstance(request.user, Person) else None
    try:
        file, inline = read_signed_url(token, person=person)
    except LinkExpired as error:
        raise Http404("There is no such file.") from error
    return response_of(file, inline=inline)


def _kept(
    sent: UploadedFile,  # type: ignore[type-arg]
    *,
    request: PersonRequest,
) -> HttpResponse:
    try:
        file = drafts.keep(sent, by=request.user, session=request.session, at=timezone.now())
    except FileRefused as refusal:
        return _refused(str(refusal), status=422)
    except StorageUnavailable as fault:
        return _refused(str(fault), status=503)
    return JsonResponse(
        {"token": file.public_id, "name": file.filename, "size": file.size}, status=201
    )


def _refused(sentence: str, *, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
