"""Asking hosts on the internet on behalf of somebody outside, without being led inside.

The name is resolved once; each address that it has must be public; the connection goes to one of
those very addresses, so that a second answer of the name server changes nothing. No redirects,
no cookies, no user names, https only (`security.md` T32).
"""

import contextlib
import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from helpdesk.fetching.addresses import IPAddress, is_public
from helpdesk.fetching.refusing import FetchRefused
from helpdesk.fetching.targets import PORTS, Target, target_of

__all__ = ["PUBLIC", "Answered", "FetchRefused", "Fetched", "Fetcher", "fetch_public"]

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 10.0
ANSWER_BYTES = 2_000
_ADDRESSES_TRIED = 3
_CHUNK = 64 * 1024
_USER_AGENT = "Waratah (help desk)"
_resolving = ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolving")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the host answered with status 200."""

    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the host said to something that was posted: any status, the start of its words."""

    status: int
    content: bytes


def system_addresses(host: str) -> list[str]:
    """Return the addresses that the system's resolver has for `host`. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Fetcher:
    """How to reach hosts. The defaults are for the internet; tests give their own world."""

    resolve: Callable[[str], list[str]] = system_addresses
    may_reach: Callable[[IPAddress], bool] = is_public
    ports: frozenset[int] = PORTS
    trust: ssl.SSLContext | None = None

    def fetch(
        self,
        url: str,
        *,
        max_bytes: int,
        accept_types: Collection[str],
        timeout: float = TOTAL_SECONDS,
    ) -> Fetched:
        """Return what is at `url`, of one of `accept_types` and at most `max_bytes` long.

        `timeout` is for everything together, in seconds. Raises FetchRefused.
        """
        deadline = time.monotonic() + timeout
        target = target_of(url, ports=self.ports)
        request = _head(target, "GET", {"Accept": ", ".join(sorted(accept_types))})
        with self._talking(target, deadline=deadline) as connection:
            answer = _asked(connection, request, deadline=deadline)
            return _checked(answer, max_bytes=max_bytes, accept_types=accept_types)

    def post(
        self,
        url: str,
        *,
        body: bytes,
        headers: Mapping[str, str],
        timeout: float = TOTAL_SECONDS,
    ) -> Answered:
        """Post `body` to `url` and return the status, with at most ANSWER_BYTES of the words.

        No redirect is followed. `timeout` is for everything together, in seconds. Raises
        FetchRefused when there was no answer.
        """
        deadline = time.monotonic() + timeout
        target = target_of(url, ports=self.ports)
        head = _head(target, "POST", {**headers, "Content-Length": str(len(body))})
        with self._talking(target, deadline=deadline) as connection:
            answer = _asked(connection, head + body, deadline=deadline)
            return Answered(answer.status, answer.read(ANSWER_BYTES))

    @contextlib.contextmanager
    def _talking(self, target: Target, *, deadline: float) -> Iterator[ssl.SSLSocket]:
        """Give a connection to `target`; whatever breaks on it is FetchRefused."""
        addresses = self._addresses_of(target.host, deadline=deadline)
        connection = self._connected(target, addresses, deadline=deadline)
        try:
            yield connection
        except (OSError, http.client.HTTPException, ValueError):
            raise FetchRefused("The host broke off, was too slow or spoke no HTTP.") from None
        finally:
            connection.close()

    def _addresses_of(self, host: str, *, deadline: float) -> list[IPAddress]:
        """Return all addresses of `host`, each of which may be reached."""
        waiting = _resolving.submit(self.resolve, host)
        try:
            written = waiting.result(timeout=min(CONNECT_SECONDS, _left(deadline)))
            addresses = [ipaddress.ip_address(address) for address in written]
        except (OSError, ValueError, UnicodeError):
            raise FetchRefused("The host has no address that can be found.") from None
        if not addresses:
            raise FetchRefused("The host has no address that can be found.")
        if not all(self.may_reach(address) for address in addresses):
            raise FetchRefused("The host is not on the public internet.")
        return addresses

    def _connected(
        self, target: Target, addresses: list[IPAddress], *, deadline: float
    ) -> ssl.SSLSocket:
        """Return a connection to one of `addresses` whose certificate is the host's."""
        trust = self.trust or ssl.create_default_context()
        end = min(deadline, time.monotonic() + CONNECT_SECONDS)
        tried = addresses[:_ADDRESSES_TRIED]
        for number, address in enumerate(tried):
            patience = _left(end) / (len(tried) - number)
            try:
                plain = socket.create_connection((str(address), target.port), timeout=patience)
            except OSError:
                continue
            try:
                plain.settimeout(_left(end))
                return trust.wrap_socket(plain, server_hostname=target.host)
            except (OSError, ValueError):
                plain.close()
                raise FetchRefused("The host could not show that it is the host.") from None
        raise FetchRefused("The host cannot be reached.")


PUBLIC = Fetcher()


def fetch_public(
    url: str, *, max_bytes: int, accept_types: Collection[str], timeout: float = TOTAL_SECONDS
) -> Fetched:
    """Fetch `url` from the public internet, as `Fetcher.fetch` does. Raises FetchRefused."""
    return PUBLIC.fetch(url, max_bytes=max_bytes, accept_types=accept_types, timeout=timeout)


def _asked(
    connection: ssl.SSLSocket, request: bytes, *, deadline: float
) -> http.client.HTTPResponse:
    """Send the request and return the answer, of which the head has been read."""
    connection.settimeout(_left(deadline))
    connection.sendall(request)
    answer = http.client.HTTPResponse(_Bounded(connection, deadline))  # type: ignore[arg-type]
    answer.begin()
    return answer


def _checked(
    answer: http.client.HTTPResponse, *, max_bytes: int, accept_types: Collection[str]
) -> Fetched:
    if answer.status != 200:
        raise FetchRefused(f"The host answered with status {answer.status}.")
    content_type = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if content_type not in accept_types:
        raise FetchRefused("What the host has there is of another kind.")
    if (answer.getheader("Content-Encoding") or "identity").lower() != "identity":
        raise FetchRefused("The host sent something packed, which is not unpacked.")
    return Fetched(_body(answer, max_bytes=max_bytes), content_type)


def _head(target: Target, method: str, headers: Mapping[str, str]) -> bytes:
    """Return the head of a request. Raises FetchRefused for what would break out of a line."""
    lines = (
        f"{method} {target.path} HTTP/1.1",
        f"Host: {target.host_header}",
        f"User-Agent: {_USER_AGENT}",
        *(f"{name}: {value}" for name, value in headers.items()),
        "Accept-Encoding: identity",
        "Connection: close",
    )
    if not all(line.isascii() and line.isprintable() for line in lines):
        raise FetchRefused("A header of the request holds what no header may.")
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _body(answer: http.client.HTTPResponse, *, max_bytes: int) -> bytes:
    content = bytearray()
    while chunk := answer.read(_CHUNK):
        content += chunk
        if len(content) > max_bytes:
            raise FetchRefused(f"What the host has there is larger than {max_bytes} bytes.")
    if answer.length:
        raise FetchRefused("The host broke off.")
    return bytes(content)


def _left(deadline: float) -> float:
    """Return the seconds until `deadline`. Raises FetchRefused when it has passed."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise FetchRefused("The host was too slow.")
    return seconds


class _Bounded(io.RawIOBase):
    """A connection as `HTTPResponse` wants it, on which each read ends at the deadline.

    A time-out of the socket alone starts again with every byte that a slow host sends.
    """

    def __init__(self, connection: ssl.SSLSocket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return the reader of the answer; the name is `socket`'s."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(_left(self._deadline))
        return self._connection.recv_into(buffer)
