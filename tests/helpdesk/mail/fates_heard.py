"""Rooms that listen to what becomes of their mails."""

from helpdesk.mail.models import OutboundMail

HEARD: list[tuple[int, str]] = []


def hear(mail: OutboundMail) -> None:
    HEARD.append((mail.pk, mail.state))


def fail(mail: OutboundMail) -> None:
    raise ValueError("The room is on fire.")
