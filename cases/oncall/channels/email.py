"""A mail through the outbox, before everything else that waits there."""

from collections.abc import Iterable

from cases.correspondence import from_name, mail_values
from cases.oncall.channels.calling import Call
from cases.oncall.models import Sending
from helpdesk.mail.outbox import Automatic, Mailbox, Priority, queue
from helpdesk.mail.rendering import render

KIND = "oncall_page"


def call(call: Call) -> Iterable[Sending]:
    """Queue the mail with the link that acknowledges."""
    values = mail_values(
        call.case,
        who=call.who,
        what=call.what,
        engineer=call.person.name,
        minutes=str(call.attempt.page.minutes_to_answer),
        acknowledge_url=call.acknowledge_url,
    )
    words = render(KIND, values, language=call.person.language)
    mail = queue(
        Mailbox(call.person.email, call.person.name),
        kind=KIND,
        key=call.key,
        subject=words.subject,
        text=words.text,
        html=words.html,
        from_name=from_name(),
        automatic=Automatic.GENERATED,
        priority=Priority.INTERACTIVE,
        language=call.person.language,
        subject_kind="case",
        subject_id=call.case.pk,
    )
    return [Sending(channel="E-mail", to=call.person.email, mail=mail)]
