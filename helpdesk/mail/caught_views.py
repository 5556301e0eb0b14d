"""Looking at the mails that a development desk caught instead of sending them."""

from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from helpdesk.mail.isolated_page import isolated_page
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


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def catching_only(view: View) -> View:
    """There is no such page on a desk that sends its mails: they may hold links like passwords."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.MAIL_CATCHER:
            raise Http404("This desk sends its mails.")
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Opened:
    """A caught mail, taken apart."""

    headers: list[tuple[str, str]]
    text: str
    html: str
    files: list[str]


@catching_only
@staff_only
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The latest caught mails."""
    mails = CaughtMail.objects.defer("content").order_by("-pk")[:SHOWN]
    return render(request, "mail/caught/listing.html", {"mails": mails})


@catching_only
@staff_only
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One caught mail as text."""
    mail = get_object_or_404(CaughtMail, pk=pk)
    return render(request, "mail/caught/mail.html", {"mail": mail, "opened": opened(mail)})


@catching_only
@staff_only
@require_GET
def show_html(request: HttpRequest, pk: int) -> HttpResponse:
    """One caught mail as its reader sees it."""
    html = opened(get_object_or_404(CaughtMail, pk=pk)).html
    if not html:
        raise Http404("This mail has no HTML.")
    return isolated_page(html)


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
