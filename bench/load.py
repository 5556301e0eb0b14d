"""Requests to a desk, and what they cost: milliseconds of waiting and of processor time."""

import http.client
import os
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Request:
    """One request and the status that it must be answered with."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    status: int = 200


class Answer(Exception):
    """A request was answered otherwise than it must be."""


def waiting(port: int, requests: Iterable[Request]) -> tuple[list[float], int]:
    """Milliseconds until each answer, one client; and the size of the last page in bytes."""
    times, size = [], 0
    for took, length in _asked(port, requests):
        times.append(took)
        size = length
    return times, size


def working(port: int, requests: list[Request], *, clients: int, trees: Iterable[int]) -> float:
    """Milliseconds of processor time for each request, with `clients` asking at once.

    `trees` are the processes that, with all below them, do the work.
    """
    shares = [requests[number::clients] for number in range(clients)]
    before = cpu_of(trees)
    with ThreadPoolExecutor(clients) as pool:
        for _ in pool.map(lambda share: list(_asked(port, share)), shares):
            pass
    return (cpu_of(trees) - before) / len(requests) * 1000


def quantiles(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[18]


def cpu_of(trees: Iterable[int]) -> float:
    """Seconds of processor time of these processes and all below them, ended ones included."""
    children: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        children.setdefault(int(fields[1]), []).append(pid)
        spent[pid] = sum(int(ticks) for ticks in fields[11:15]) / TICKS
    return sum(spent.get(pid, 0.0) for tree in trees for pid in _below(tree, children))


def _below(pid: int, children: Mapping[int, list[int]]) -> Iterator[int]:
    yield pid
    for child in children.get(pid, ()):
        yield from _below(child, children)


def _asked(port: int, requests: Iterable[Request]) -> Iterator[tuple[float, int]]:
    """Ask over one connection that is kept, as a browser does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for request in requests:
        began = time.perf_counter()
        size = _ask(connection, request)
        yield (time.perf_counter() - began) * 1000, size
    connection.close()


def _ask(connection: http.client.HTTPConnection, request: Request) -> int:
    headers, body = dict(request.headers), None
    if request.form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(request.form)
    connection.request("POST" if body else "GET", request.path, body=body, headers=headers)
    answer = connection.getresponse()
    page = answer.read()
    if answer.status != request.status:
        raise Answer(f"{request.path}: {answer.status}, not {request.status}\n{page[:500]!r}")
    return len(page)
