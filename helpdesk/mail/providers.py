"""Hosted providers of mail, by django-anymail: their webhooks in, and what they tell of ours.

The provider's signature or secret is checked by the library before anything here is called.
"""

import hashlib
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import Any

import structlog
from anymail.signals import (
    AnymailInboundEvent,
    AnymailTrackingEvent,
    EventType,
    RejectReason,
    inbound,
    tracking,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.dispatch import receiver
from django.urls import URLPattern, path

from helpdesk.mail import intake, suppression
from helpdesk.mail.authentication import AuthVerdict

log = structlog.get_logger(__name__)


def urls_of(names: Iterable[str]) -> list[URLPattern]:
    """Return the webhook addresses of these providers (`postmark`, `mailgun`, ...), no others.

    Raises ImproperlyConfigured without a secret: a webhook that anybody may call must not exist.
    """
    patterns = []
    for name in names:
        if not settings.ANYMAIL.get("WEBHOOK_SECRET"):
            raise ImproperlyConfigured(
                f"ANYMAIL_INBOUND_PROVIDERS names {name}, but ANYMAIL has no WEBHOOK_SECRET. "
                "Set one as user:password and put it into the address given to the provider."
            )
        module = import_module(f"anymail.webhooks.{name}")
        for way in ("inbound", "tracking"):
            view = _view_of(module, way.title()) or _view_of(module, "Combined")
            if view is not None:
                patterns.append(path(f"{way}/{name}/", view.as_view(), name=f"{way}-{name}"))
    return patterns


@receiver(inbound, dispatch_uid="helpdesk.mail.take_in")
def take_in(sender: type, event: AnymailInboundEvent, esp_name: str, **kwargs: Any) -> None:
    """Store a mail that a provider hands over. An exception makes the provider try again."""
    if event.event_type != EventType.INBOUND:
        return
    recipient = event.message.envelope_recipient
    intake.receive(
        raw_of(event),
        source=esp_name.lower(),
        envelope_from=event.message.envelope_sender or "",
        envelope_to=[recipient] if recipient else [],
        provider_id=event.event_id or "",
        auth=_verdict_of(event, esp_name.lower()),
    )


@receiver(tracking, dispatch_uid="helpdesk.mail.take_note")
def take_note(sender: type, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """Note what a provider tells of a mail that it took from us: came back, called spam."""
    message_id, recipient = event.message_id or "", event.recipient or ""
    if event.event_type == EventType.COMPLAINED:
        suppression.record_complaint(message_id, recipient=recipient)
    elif event.event_type == EventType.BOUNCED:
        suppression.record_provider_bounce(
            message_id,
            recipient=recipient,
            is_hard=event.reject_reason in (RejectReason.BOUNCED, RejectReason.INVALID),
            detail=event.mta_response or event.description or "The mail came back.",
        )


def raw_of(event: AnymailInboundEvent) -> bytes:
    """Return the mail as the provider got it, or as near to it as the provider tells."""
    for source, key in _RAW_FIELDS:
        fields = getattr(event.esp_event, source, None) if source else event.esp_event
        if isinstance(fields, dict) and isinstance(fields.get(key), str):
            return str(fields[key]).encode("utf-8", "surrogateescape")
    message = event.message
    for number, part in enumerate(message.walk()):
        # A boundary by chance would make another mail of each delivery.
        if part.is_multipart() and part.get_boundary() is None:
            digest = hashlib.sha256(f"{message['Message-ID']}{number}".encode()).hexdigest()
            part.set_boundary(f"=_{digest[:40]}")
    return bytes(message.as_bytes())


_RAW_FIELDS = (("POST", "body-mime"), ("", "RawEmail"), ("", "raw_msg"))


def _verdict_of(event: AnymailInboundEvent, name: str) -> AuthVerdict:
    spam = {True: "yes", False: "no"}.get(event.message.spam_detected, "")
    if name != "mandrill":
        return AuthVerdict(by=name, spam=spam)
    told = event.esp_event["msg"]
    return AuthVerdict(
        by=name,
        spam=spam,
        spf=str(told.get("spf", {}).get("result", "")),
        dkim="pass" if told.get("dkim", {}).get("valid") else "",
    )


def _view_of(module: ModuleType, word: str) -> Any:
    return next(
        (
            value
            for name, value in vars(module).items()
            if name.endswith(f"{word}WebhookView") and value.__module__ == module.__name__
        ),
        None,
    )
