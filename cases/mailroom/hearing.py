"""What became of a mail that we sent about a case. Found by settings.MAIL_FATE."""

from django.utils import timezone

from cases import kinds
from cases.thread.models import Message
from helpdesk.journal import writing as journal
from helpdesk.mail.models import OutboundMail
from helpdesk.mail.states import OutboundState
from helpdesk.people.actors import SYSTEM

_TOLD = {OutboundState.BOUNCED, OutboundState.FAILED, OutboundState.SUPPRESSED}


def hear(mail: OutboundMail) -> None:
    """Say on the case that a mail did not arrive; a mail that did shows so on its message."""
    if mail.subject_kind != "message" or mail.subject_id is None or mail.state not in _TOLD:
        return
    message = Message.objects.select_related("case").filter(pk=mail.subject_id).first()
    if message is None:
        return
    journal.write(
        kinds.MAIL_FAILED,
        subject_kind=kinds.SUBJECT,
        subject_id=message.case_id,
        organisation_id=message.case.organisation_id,
        by=SYSTEM,
        at=timezone.now(),
        data={
            "to": mail.to_address,
            "reason": mail.last_error or mail.get_state_display(),
            "message": message.pk,
        },
    )
