"""Mails that came in: one of each kind that the ledger and the cases show."""

from email.message import EmailMessage

from django.conf import settings

from cases.lifecycle import ACTIVE
from cases.models import Case
from helpdesk.demo.history import count_as_told
from helpdesk.mail import intake, processing
from helpdesk.mail.authentication import AuthVerdict
from helpdesk.people.models import Person

SOURCE = "demo"
VOUCHED = AuthVerdict(by="mx.demo", dmarc="pass", dmarc_domain="acme.example", spf="pass")
DISOWNED = AuthVerdict(by="mx.demo", dmarc="fail", dmarc_domain="acme.example")
FILTERED = AuthVerdict(by="mx.demo", spam="yes")


def post(people: dict[str, Person]) -> None:
    """Let a handful of mails arrive, as they would from outside; nobody is mailed about them."""
    case = (
        Case.objects.filter(client=people["carla"], state__in=sorted(ACTIVE))
        .order_by("-updated_at")
        .first()
    )
    if case is None:
        return
    carla, gil = people["carla"].email, people["gil"].email
    about = f"Re: [{case.shown_number}] {case.subject}"
    _post(carla, about, "It happened again this morning.", cc=people["cem"].email, auth=VOUCHED)
    _post(gil, about, "We see the same at Globex. Could you tell us more?")
    _post(carla, "The export is empty too", "No rows since Monday.", auth=VOUCHED)
    _post("eve@elsewhere.example", "Cheap software", "All programs at half the price.", FILTERED)
    _post(carla, about, "Please send me the whole history.", DISOWNED)
    _post(carla, about, "I am away until Monday.", VOUCHED, **{"Auto-Submitted": "auto-replied"})
    count_as_told()


def _post(
    sender: str,
    subject: str,
    text: str,
    auth: AuthVerdict | None = None,
    *,
    cc: str = "",
    **headers: str,
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, settings.MAIL_SUPPORT_ADDRESS, subject
    # The same mail on every desk, so that seeding twice is the same mail twice.
    mail["Message-ID"] = f"<{len(text)}.{len(subject)}.{sender}>"
    if cc:
        mail["Cc"] = cc
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(text)
    to = [settings.MAIL_SUPPORT_ADDRESS]
    processing.process(
        intake.receive(mail.as_bytes(), source=SOURCE, envelope_to=to, auth=auth).mail_id
    )
