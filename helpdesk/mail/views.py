"""The raw webhook: one request, one mail, stored before it is answered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from helpdesk.mail import intake
from helpdesk.mail.webhook_caller import NotAllowed, Proof, proof_offered

log = structlog.get_logger(__name__)

SOURCE = "webhook"
CHUNK_BYTES = 256 * 1024
# A mail that is too large is still read so far, so that its refusal can be recorded and heard.
READ_AT_MOST = 4
MOST_RECIPIENTS = 100
RETRY_AFTER_SECONDS = 30


class Refused(Exception):
    """The request is not served; the sentence is for whoever set it up."""

    def __init__(
        self, status: int, sentence: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, headers or {}


@csrf_exempt
def inbound_raw(request: HttpRequest) -> JsonResponse:
    """Take one raw RFC 5322 message. Answers its id in the ledger, or what to do, as JSON.

    Trouble on our side is 503 with Retry-After: whoever posts must keep the mail and try again.
    """
    try:
        proof = _checked(request)
        body = _read(request, proof)
        receipt = _take(request, body)
    except Refused as refused:
        return JsonResponse(
            {"error": refused.sentence}, status=refused.status, headers=refused.headers
        )
    except DatabaseError as error:
        log.error("mail.webhook_unavailable", error=str(error))
        return JsonResponse(
            {"error": "The mail was not stored because of trouble on our side. Send it again."},
            status=503,
            headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
        )
    if receipt.refusal:
        return JsonResponse({"error": receipt.refusal, "id": receipt.mail_id}, status=413)
    return JsonResponse({"id": receipt.mail_id, "duplicate": receipt.is_duplicate})


@dataclass(frozen=True, slots=True)
class _Body:
    """What came; `raw` holds only the first part of a mail that is too large."""

    raw: bytes
    size: int
    sha256: str


def _checked(request: HttpRequest) -> Proof:
    """Everything that can be told before the body is read."""
    if request.method != "POST":
        raise Refused(405, "Post the mail to this address.", {"Allow": "POST"})
    if not any(settings.MAIL_INBOUND_SECRETS):
        raise Refused(403, "This desk takes no mail here: MAIL_INBOUND_SECRETS is not set.")
    if request.content_type != "message/rfc822":
        raise Refused(415, "Send the mail as Content-Type message/rfc822.")
    try:
        return proof_offered(request.headers)
    except NotAllowed as error:
        log.warning("mail.webhook_refused", reason=str(error))
        raise Refused(401, str(error), {"WWW-Authenticate": "Bearer"}) from error


def _read(request: HttpRequest, proof: Proof) -> _Body:
    length = _announced_length(request)
    digest, parts, size = hashlib.sha256(), [], 0
    try:
        while part := request.read(CHUNK_BYTES):
            size += len(part)
            digest.update(part)
            proof.see(part)
            if length <= settings.MAIL_MAX_BYTES or size <= intake.HEAD_BYTES + CHUNK_BYTES:
                parts.append(part)
    except (UnreadablePostError, OSError) as error:
        raise Refused(400, "The mail broke off before its end. Nothing was stored.") from error
    if size != length:
        raise Refused(
            400, f"The mail has {size} bytes, not {length} as announced. Nothing was stored."
        )
    if not proof.is_good():
        log.warning("mail.webhook_refused", reason="signature")
        raise Refused(
            401,
            "The signature does not fit. Sign “id.timestamp.body” with one of the secrets.",
            {"WWW-Authenticate": "Bearer"},
        )
    return _Body(b"".join(parts), size, digest.hexdigest())


def _announced_length(request: HttpRequest) -> int:
    announced = request.META.get("CONTENT_LENGTH") or ""
    if not announced:
        raise Refused(411, "Say how long the mail is with Content-Length; chunks are not taken.")
    if not (announced.isascii() and announced.isdigit()):
        raise Refused(400, "Content-Length is not a number.")
    length = int(announced)
    if length == 0:
        raise Refused(400, "The mail is empty.")
    if length > settings.MAIL_MAX_BYTES * READ_AT_MOST:
        raise Refused(413, f"A mail may have {settings.MAIL_MAX_BYTES} bytes at most.")
    return length


def _take(request: HttpRequest, body: _Body) -> intake.Receipt:
    recipients = request.headers.get("X-Envelope-To", "").split(",")[:MOST_RECIPIENTS]
    envelope_from = request.headers.get("X-Envelope-From", "")
    envelope_to = [one.strip() for one in recipients if one.strip()]
    provider_id = request.headers.get("webhook-id", "")
    if body.size > settings.MAIL_MAX_BYTES:
        return intake.refuse(
            head=body.raw,
            size=body.size,
            sha256=body.sha256,
            source=SOURCE,
            envelope_from=envelope_from,
            envelope_to=envelope_to,
            provider_id=provider_id,
        )
    return intake.receive(
        body.raw,
        source=SOURCE,
        envelope_from=envelope_from,
        envelope_to=envelope_to,
        provider_id=provider_id,
    )
