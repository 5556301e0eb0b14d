"""The backend of a development desk: mails are kept to be looked at, and go nowhere."""

from collections.abc import Sequence

import structlog
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from helpdesk.mail.clean_text import clean_line
from helpdesk.mail.models import CaughtMail

log = structlog.get_logger(__name__)

KEPT = 500


class CatcherBackend(BaseEmailBackend):
    """Keeps the latest 500 mails, shown at /mail/caught/."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            caught = CaughtMail.objects.create(
                sender=clean_line(message.from_email, limit=300),
                recipients=[clean_line(one, limit=300) for one in message.recipients()],
                subject=clean_line(str(message.subject), limit=1000),
                content=message.message().as_bytes(),
            )
            CaughtMail.objects.filter(pk__lte=caught.pk - KEPT).delete()
            log.info("mail.caught", mail=caught.pk, subject=caught.subject)
        return len(email_messages)
