"""Reading an address that somebody outside wrote: in one way only, or not at all."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote

from helpdesk.fetching.refusing import FetchRefused

MAX_LENGTH = 4_000
PORTS = frozenset({443, 8443})

_URL = re.compile(
    r"https://(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[^\s/?#@\\:\[\]]{1,253})(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(?:#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_NEVER = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class Target:
    """Where to ask, and for what; `host` is a name in ASCII or a literal address."""

    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == 443 else f"{host}:{self.port}"


def target_of(url: str, *, ports: frozenset[int] = PORTS) -> Target:
    """Return what `url` means: https, no user name, one of `ports`.

    Parsers that disagree about an address are how checks are passed, so whatever is read in two
    ways somewhere (backslashes, blanks, `0x7f.1`, `2130706433`) is refused. Raises FetchRefused.
    """
    match = None if len(url) > MAX_LENGTH or _NEVER.search(url) else _URL.fullmatch(url)
    if match is None:
        raise FetchRefused("Only plain https addresses are fetched.")
    port = int(match["port"] or 443)
    if port not in ports:
        raise FetchRefused(f"Port {port} is not fetched from.")
    path = quote((match["path"] or "/") + (match["query"] or ""), safe="/?%:@!$&'()*+,;=~-._")
    return Target(_host(match["host"]), port, path)


def _host(written: str) -> str:
    if written.startswith("["):
        try:
            return str(ipaddress.IPv6Address(written[1:-1]))
        except ValueError:
            raise FetchRefused("The address of the host makes no sense.") from None
    try:
        host = written.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise FetchRefused("The name of the host makes no sense.") from None
    labels = host.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        return _ipv4(host)
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise FetchRefused("The name of the host makes no sense.")
    return host


def _ipv4(host: str) -> str:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise FetchRefused("The address of the host makes no sense.") from None
