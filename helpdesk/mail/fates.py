"""Telling the room what became of a mail that it sent."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from helpdesk.mail.models import OutboundMail

log = structlog.get_logger(__name__)


def tell(mail: OutboundMail) -> None:
    """Call the function in `settings.MAIL_FATE`, if there is one, with a mail whose state changed.

    It runs in the transaction that holds the change. Its own failure must not undo that the mail
    was sent, or it would be sent again.
    """
    if not settings.MAIL_FATE:
        return
    hear: Callable[[OutboundMail], None] = import_string(settings.MAIL_FATE)
    try:
        with transaction.atomic():
            hear(mail)
    except Exception:
        log.exception("mail.fate_not_told", mail=mail.pk, state=mail.state)
