"""What is reached without signing in: a signature is the right to."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from cases.oncall import links, paging
from cases.oncall.emergency import telephony
from cases.oncall.models import Attempt, EmergencyCall
from cases.oncall.tasks import take_calls
from helpdesk.mail.waking import wake


# Telephone systems post here too. The token in the address is the whole right, no cookie adds to
# it, so there is nothing that a foreign page could borrow.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what it is about, so that a mail scanner acknowledges nothing; POST does it."""
    attempt = links.attempt_of(token)
    if attempt is None or attempt.person is None or not attempt.person.is_active:
        raise Http404("This link is not valid any more.")
    if request.method == "POST":
        paging.acknowledge(attempt.page, by=attempt.person, at=timezone.now())
        return redirect(request.path)
    return render(request, "oncall/acknowledge.html", _context(attempt))


# Software posts here: it proves itself by its signature and has no cookie.
@csrf_exempt
@require_POST
def telephony_call(request: HttpRequest) -> HttpResponse:
    """A call on the emergency line, told by the telephone system: stored, then answered 200."""
    if int(request.headers.get("Content-Length") or 0) > telephony.MOST_BYTES:
        return _problem("The body is longer than a call can be.", status=413)
    body = request.body
    if not telephony.is_signed(body, dict(request.headers)):
        return _problem("The signature is missing, wrong or out of date.", status=401)
    with transaction.atomic():
        call = telephony.store(body, message_id=request.headers["webhook-id"][:200])
        wake(take_calls)
    is_cased = call.state == EmergencyCall.State.CASED
    number = call.case.number if is_cased and call.case is not None else None
    return JsonResponse({"accepted": True, "case": number})


def _problem(sentence: str, *, status: int) -> HttpResponse:
    return JsonResponse({"detail": sentence}, status=status)


def _context(attempt: Attempt) -> dict[str, object]:
    page = attempt.page
    return {"attempt": attempt, "page": page, "case": page.case, "person": attempt.person}
