"""The bytes of a mail as they came, for administrators and for the ledger page."""

import structlog
from django.db.models import BinaryField
from django.db.models.functions import Substr
from django.http import Http404, HttpResponse

from helpdesk.mail.clean_text import clean_body
from helpdesk.mail.models import InboundRaw

log = structlog.get_logger(__name__)

HEAD_BYTES = 64 * 1024


def download(mail_id: int, *, by: str) -> HttpResponse:
    """Answer with the bytes, as a download that no browser opens. Raises Http404 without any.

    Who may have them is for the caller to decide; `by` goes to the log.
    """
    raw = InboundRaw.objects.filter(pk=mail_id).first()
    if raw is None:
        raise Http404("The bytes of this mail are not kept.")
    log.info("mail.raw_downloaded", mail=mail_id, by=by)
    return HttpResponse(
        bytes(raw.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="mail-{mail_id}.eml"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def head_of(mail_id: int) -> str | None:
    """Return the header lines as text, at most `HEAD_BYTES`; None where no bytes are kept."""
    head = (
        InboundRaw.objects.filter(pk=mail_id)
        .annotate(head=Substr("content", 1, HEAD_BYTES, output_field=BinaryField()))
        .values_list("head", flat=True)
        .first()
    )
    if head is None:
        return None
    text = clean_body(bytes(head).decode("utf-8", "replace")).replace("\r\n", "\n")
    return text.partition("\n\n")[0].strip()
