"""What went wrong when a mail was sent, and whose fault it is."""

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.exceptions import ImproperlyConfigured

from helpdesk.mail.clean_text import clean_line

MESSAGE_TOO_BIG = 552
SERVICE_CLOSES = 421


class Fault(StrEnum):
    """Decides when the mail is tried again."""

    RELAY = "relay"  # the server is out of reach or takes nothing: the mail has no part in it
    UNCLEAR = "unclear"  # the connection broke: the server, the way there, or this mail
    LATER = "later"  # this mail was refused for now
    NEVER = "never"  # this mail was refused for good


@dataclass(frozen=True, slots=True)
class Failure:
    """A fault with a sentence for people and, where there was one, the server's own words."""

    fault: Fault
    sentence: str
    reply: str = ""


class OutOfReach(Exception):
    """No connection to the server could be opened; the cause says why."""


def failure_of(error: Exception) -> Failure:
    """Judge an exception of `sending.Outlet.send`."""
    if isinstance(error, OutOfReach):
        why = _words(error.__cause__ or error)
        return Failure(Fault.RELAY, f"The mail server is out of reach ({why}).")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _recipients_refused(error.recipients)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error)
    if isinstance(error, (smtplib.SMTPException, OSError)) and not isinstance(error, AnymailError):
        return Failure(Fault.UNCLEAR, f"The mail server broke off ({_words(error)}).")
    if isinstance(error, AnymailError):
        return _provider_answered(error)
    if isinstance(error, ImproperlyConfigured):
        return Failure(Fault.RELAY, f"Sending is not set up properly ({_words(error)}).")
    if isinstance(error, ValueError):
        return Failure(Fault.NEVER, f"The mail could not be composed ({_words(error)}).")
    return Failure(Fault.LATER, f"The mail could not be composed for now ({_words(error)}).")


def _answered(error: smtplib.SMTPResponseException) -> Failure:
    code, reply = error.smtp_code, _reply(error.smtp_code, error.smtp_error)
    about_mail = isinstance(error, smtplib.SMTPDataError) or code == MESSAGE_TOO_BIG
    if code == SERVICE_CLOSES or not about_mail:
        return Failure(Fault.RELAY, f"The mail server takes no mail: {reply}", reply)
    return _refused("the mail", code, reply)


def _recipients_refused(refused: Mapping[str, tuple[int, bytes]]) -> Failure:
    address, (code, answer) = next(iter(refused.items()))
    reply = _reply(code, answer)
    if code == SERVICE_CLOSES:
        return Failure(Fault.RELAY, f"The mail server takes no mail: {reply}", reply)
    return _refused(address, code, reply)


def _refused(what: str, code: int, reply: str) -> Failure:
    if code >= 500:
        return Failure(Fault.NEVER, f"The mail server refused {what}: {reply}", reply)
    return Failure(Fault.LATER, f"The mail server does not take {what} for now: {reply}", reply)


def _provider_answered(error: AnymailError) -> Failure:
    if isinstance(error, AnymailRecipientsRefused):
        return Failure(Fault.NEVER, f"The provider refused the address: {_words(error)}")
    if not isinstance(error, AnymailAPIError):
        return Failure(Fault.NEVER, f"The provider cannot send this mail: {_words(error)}")
    code = error.status_code
    if code is None or code >= 500 or code in (401, 402, 403, 408, 429):
        return Failure(Fault.RELAY, f"The provider takes no mail: {_words(error)}")
    return Failure(Fault.NEVER, f"The provider refused the mail: {_words(error)}")


def _reply(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return clean_line(f"{code} {text}", limit=500)


def _words(error: BaseException) -> str:
    return clean_line(str(error) or type(error).__name__, limit=300)
