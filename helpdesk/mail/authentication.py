"""Who vouches for the sender: the verdict of the provider or of our own relay, nobody else's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any

import authres
from authres.core import AuthenticationResult

from helpdesk.mail.clean_text import clean_line

HEADER_BYTES = 256 * 1024
LONGEST_RESULT = 4096


@dataclass(frozen=True, slots=True)
class AuthVerdict:
    """The results of SPF, DKIM and DMARC, each with the domain that it speaks for.

    A result is a word of RFC 8601 (`pass`, `fail`, `softfail`, ...) or empty when nobody that we
    trust said anything. `by` names who said it. Only a passed DMARC speaks for the author's
    address, and only for `dmarc_domain`. `spam` is "yes" or "no" where a filter judged.
    """

    by: str = ""
    spf: str = ""
    spf_domain: str = ""
    dkim: str = ""
    dkim_domain: str = ""
    dmarc: str = ""
    dmarc_domain: str = ""
    spam: str = ""

    @classmethod
    def stored(cls, auth: Mapping[str, Any]) -> "AuthVerdict":
        """Read the verdict back from the `auth` column of a mail."""
        return cls(**{name: str(auth.get(name, "")) for name in cls.__dataclass_fields__})

    @property
    def is_known(self) -> bool:
        return bool(self.spf or self.dkim or self.dmarc)


def verdict_in(raw: bytes, *, trusted: Collection[str]) -> AuthVerdict:
    """Return what the topmost Authentication-Results header by one of `trusted` says.

    Anybody can write that header, so an empty `trusted` gives an empty verdict, and a relay in it
    must remove headers that claim its own name before it adds one (RFC 8601 part 5).
    """
    names = {name.lower() for name in trusted}
    for value in _results_headers(raw) if names else ():
        parsed = _parsed(value)
        if parsed is not None and str(parsed.authserv_id).lower() in names:
            return _verdict(str(parsed.authserv_id).lower(), parsed.results)
    return AuthVerdict()


def _results_headers(raw: bytes) -> list[str]:
    head: Message = BytesHeaderParser().parsebytes(raw[:HEADER_BYTES])
    values = head.get_all("Authentication-Results", [])
    return [clean_line(str(value), limit=LONGEST_RESULT) for value in values]


def _parsed(value: str) -> Any:
    try:
        return authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
    except (authres.AuthResError, ValueError, LookupError, AttributeError, RecursionError):
        return None


def _verdict(by: str, results: Collection[AuthenticationResult]) -> AuthVerdict:
    found: dict[str, str] = {}
    for result in results:
        method, said = str(result.method).lower(), str(result.result).lower()
        if method not in _DOMAIN_OF:
            continue
        # A mail may have many DKIM signatures: one that passes is what counts.
        if method not in found or (said == "pass" and found[method] != "pass"):
            found[method] = said
            found[f"{method}_domain"] = _domain(result)
    return AuthVerdict(by=by, **found)


_DOMAIN_OF = {
    "spf": ("smtp", "mailfrom"),
    "dkim": ("header", "d"),
    "dmarc": ("header", "from"),
}


def _domain(result: AuthenticationResult) -> str:
    ptype, name = _DOMAIN_OF[str(result.method).lower()]
    for item in result.properties:
        if item.type == ptype and item.name == name:
            return str(item.value).rpartition("@")[2].lower().strip(".")
    return ""
