"""A mail as it comes in, and what the mailroom makes of it: one call."""

from collections.abc import Iterable
from email.message import EmailMessage

from helpdesk.mail.authentication import AuthVerdict
from helpdesk.mail.intake import receive
from helpdesk.mail.models import InboundMail
from helpdesk.mail.processing import process

SUPPORT = "support@waratah.example"
VOUCHED = AuthVerdict(by="mx.test", dmarc="pass", dmarc_domain="acme.example")
DISOWNED = AuthVerdict(by="mx.test", dmarc="fail", dmarc_domain="acme.example")


def arrives(
    *,
    sender: str = "Carla Rossi <carla@acme.example>",
    to: str = SUPPORT,
    subject: str = "Report is empty",
    text: str = "No rows since this morning.",
    message_id: str = "<1@acme.example>",
    auth: AuthVerdict | None = None,
    delivered_to: Iterable[str] = (),
    **headers: str,
) -> InboundMail:
    """Receive a mail and process it, as webhook and worker do; return its row in the ledger."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    # A mail program writes ids whole; the library would encode what is longer than a line.
    raw = mail.as_bytes(policy=mail.policy.clone(max_line_length=900))
    return receives(raw, delivered_to=delivered_to or [to], auth=auth)


def receives(
    raw: bytes, *, delivered_to: Iterable[str] = (SUPPORT,), auth: AuthVerdict | None = None
) -> InboundMail:
    """The same for bytes."""
    receipt = receive(raw, source="test", envelope_to=delivered_to, auth=auth)
    process(receipt.mail_id)
    return InboundMail.objects.get(pk=receipt.mail_id)
