"""Delivery reports."""

import pytest

from helpdesk.mail.reading import Bounce, ReadMail, read
from tests.helpdesk.mail.reading.builders import raw, read_mail

RETURNED = "Content-Type: message/rfc822\n\nMessage-ID: <ours@desk.example>\nSubject: Printer\n\nHi"


def a_report(status: str, *, sender: str = "Mail System <mailer-daemon@mx.example>") -> ReadMail:
    """A standard report with a status part and the returned mail."""
    parts = ["Content-Type: text/plain\n\nSee below."]
    parts += [f"Content-Type: message/delivery-status\n\n{status}", RETURNED]
    body = "".join(f"--a\n{part}\n" for part in parts) + "--a--"
    kind = "Content-Type: multipart/report; report-type=delivery-status; boundary=a"
    return read(raw(f"From: {sender}", "Subject: Report", kind, body=body, envelope=False))


def test_report_names_outcome_status_recipient_and_mail() -> None:
    mail = a_report("Final-Recipient: rfc822; Carla@acme.example\nAction: failed\nStatus: 5.1.1")
    assert mail.delivery_report == Bounce(
        "failed", "5.1.1", ("Carla@acme.example",), ("ours@desk.example",)
    )
    assert (mail.bounce, mail.auto_generated) == (True, True)
    assert mail.bounced_message_ids == ("ours@desk.example",)


@pytest.mark.parametrize(
    ("status", "outcome", "bounce"),
    [
        ("Action: failed\nStatus: 5.2.2", "failed", True),
        ("Action: delayed\nStatus: 4.4.1", "delayed", True),
        ("Action: delivered\nStatus: 2.0.0", "delivered", False),
        ("Action: relayed\nStatus: 2.0.0", "delivered", False),
        ("Action: delayed\nStatus: 4.4.1\n\nAction: failed\nStatus: 5.1.1", "failed", True),
    ],
)
def test_only_a_failure_is_one(status: str, outcome: str, bounce: bool) -> None:
    mail = a_report(status)
    assert mail.delivery_report is not None
    assert mail.delivery_report.outcome == outcome
    assert mail.delivery_report.is_failure is (outcome == "failed")
    assert mail.bounce is bounce


PLAIN = [
    ("Mail Delivery System <Mailer-Daemon@mx.example>", "Mail delivery failed", "",
     "This message was created automatically by mail delivery software.\n\n  carla@acme.example\n"),
    ("MAILER-DAEMON@mx.example", "failure notice", "",
     "Hi. This is the qmail-send program at mx.example.\n\n<carla@acme.example>:\nno mailbox"),
    ("System Administrator <postmaster@mx.example>", "E", "",
     "Your message\n\n  To: carla\n\ndid not reach the following recipient(s):\n\n"
     "carla@acme.example on Monday\n  Unknown Recipient"),
    ("Postmaster@mx.example", "DELIVERY FAILURE: User not listed", "",
     "was not delivered to:\n\n  carla@acme.example\n"),
    ("someone@mx.example", "Undeliverable: Printer", "Return-Path: <>", "carla@acme.example"),
    ("someone@mx.example", "Report", "X-Failed-Recipients: carla@acme.example", "No."),
    ("MAILER-DAEMON", "Unzustellbar: Drucker", "", "carla@acme.example"),
    ("no-reply@mx.example", "配信エラー", "", "<carla@acme.example>"),
]  # fmt: skip


@pytest.mark.parametrize(("sender", "subject", "field", "body"), PLAIN)
def test_report_in_plain_words_is_one(sender: str, subject: str, field: str, body: str) -> None:
    fields = [f"From: {sender}", f"Subject: {subject}", *filter(None, [field])]
    mail = read("\n".join([*fields, "", body]).encode())
    assert mail.bounce
    assert mail.bounced_recipients == ("carla@acme.example",)


def test_mail_is_matched_by_the_id_in_the_returned_text() -> None:
    body = "Hi. This is the qmail-send program.\n\n--- Below:\n\nMessage-ID: <ours@desk.example>\n"
    mail = read(raw("From: MAILER-DAEMON@mx.example", body=body, envelope=False))
    assert mail.bounced_message_ids == ("ours@desk.example",)


def test_delay_in_plain_words_is_no_failure() -> None:
    body = "Your message has not yet been delivered. No action is required on your part."
    fields = ("From: Mail Delivery System <mailer-daemon@mx.example>", "Subject: Warning: message")
    mail = read(raw(*fields, body=body, envelope=False))
    assert mail.delivery_report is not None
    assert mail.delivery_report.outcome == "delayed"


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (["Subject: Undelivered parcel"], "The parcel was not delivered, user unknown."),
        (["From: postmaster@acme.example", "Subject: Invoice"], "Please send it again."),
        (["Subject: Automatic reply: Printer", "Return-Path: <>"], "I am away until Monday."),
        (["Content-Type: multipart/mixed; boundary=a", "Subject: It failed"],
         f"--a\n\nSee the old mail.\n--a\n{RETURNED}\n--a--"),
    ],
)  # fmt: skip
def test_mail_of_a_person_is_no_bounce(fields: list[str], body: str) -> None:
    has_sender = any(field.startswith("From:") for field in fields)
    mail = read_mail(*([] if has_sender else ["From: carla@acme.example"]), *fields, body=body,
                     envelope=False)  # fmt: skip
    assert not mail.bounce
    assert mail.delivery_report is None
