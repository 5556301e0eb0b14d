"""Looking at the mails that a development desk caught instead of sending them."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from helpdesk.mail.models import CaughtMail
from helpdesk.people.gates import staff_only

SHOWN = 100
SHOWN_HEADERS = (
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
)
# Nothing in a mail may run or fetch; only its inline styles count.
MAIL_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": [""]}


@dataclass(frozen=True, slots=True)
class Opened:
    """A caught mail, taken apart."""

    headers: list[tuple[str, str]]
    text: str
    html: str
    files: list[str]


@staff_only
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The latest caught mails."""
    mails = CaughtMail.objects.defer("content").order_by("-pk")[:SHOWN]
    return render(request, "mail/caught/listing.html", {"mails": mails})


@staff_only
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One caught mail as text."""
    mail = get_object_or_404(CaughtMail, pk=pk)
    return render(request, "mail/caught/mail.html", {"mail": mail, "opened": opened(mail)})


@staff_only
@require_GET
@csp_replace(MAIL_POLICY)  # type: ignore[arg-type]
def show_html(request: HttpRequest, pk: int) -> HttpResponse:
    """One caught mail as its reader sees it."""
    html = opened(get_object_or_404(CaughtMail, pk=pk)).html
    if not html:
        raise Http404("This mail has no HTML.")
    return HttpResponse(html)


def opened(mail: CaughtMail) -> Opened:
    """Take one of our own mails apart; we composed it, so the standard library will do."""
    message = message_from_bytes(bytes(mail.content), policy=policy.default)
    return Opened(
        headers=[(name, str(message[name])) for name in SHOWN_HEADERS if message[name]],
        text=_body(message, "plain"),
        html=_body(message, "html"),
        files=[part.get_filename() or "" for part in message.iter_attachments()],
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
