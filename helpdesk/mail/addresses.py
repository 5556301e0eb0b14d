"""Mail addresses: one strict grammar for where we send, one key for who it is."""

import unicodedata
from email.utils import formataddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from helpdesk.mail.clean_text import clean_line, unencoded


class BadAddress(ValueError):
    """This is no address that a mail can be sent to; the message says so in a sentence."""


def plain_address(text: str) -> str:
    """Return the one bare address that `text` is, its host in ASCII.

    Anything else (a name, a list, a comment, a line break, letters beyond ASCII before the @)
    raises BadAddress: what is only nearly an address may mean another recipient to the server.
    """
    candidate = text.strip()
    local, _, host = candidate.rpartition("@")
    try:
        candidate = f"{local}@{_ascii_host(host)}"
        validate_email(candidate)
        candidate.encode("ascii")
    except (ValidationError, UnicodeError) as error:
        shown = clean_line(text, limit=100)
        raise BadAddress(f"“{shown}” is not a mail address that we can send to.") from error
    return candidate


def address_key(address: str) -> str:
    """Return what two spellings of one address have in common.

    NFC, ASCII letters in lower case, the host as IDNA. No compatibility folding: that would make
    one address out of two (CVE-2019-19844).
    """
    local, at, host = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    folded = "".join(c.lower() if c.isascii() else c for c in local)
    try:
        host = _ascii_host(host)
    except UnicodeError:
        host = host.lower()
    return f"{folded}{at}{host}"


def with_name(name: str, address: str) -> str:
    """Return a header's mailbox: the name quoted or encoded, never able to add a recipient."""
    return formataddr((unencoded(clean_line(name, limit=200)), address))


def _ascii_host(host: str) -> str:
    return host.encode("idna").decode("ascii").lower()
