"""What each page costs at a thousand cases and at a million.

    .venv/bin/python -m bench.pages FOLDER [--cases 1000 1000000]

Makes a desk of each size in FOLDER the first time (a million cases take about 12 GB and, once, a
good while), serves it by gunicorn as the image does, asks for each page, and prints what it costs
beside the bare views of `bench/bare` on the same rows, in the same run.

CPU is that of web and database together, by 8 clients at once; p50 and p95 are of one client.
The rows are those of the performance targets: queue, filters, search, case, opening a case,
answering.
"""

import argparse
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import load
from bench.desks import Desk, desk
from bench.load import Request

ONE_BY_ONE, AT_ONCE, CLIENTS = 100, 160, 8
WRITES_ONE_BY_ONE, WRITES_AT_ONCE = 40, 80
TEXT = "The monthly report shows no rows since this morning. Exporting gives the right numbers."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what is asked for, and the bare view that it is held against."""

    name: str
    limit: str
    ask: Callable[[int], Request]
    is_write: bool = False


def main() -> None:
    """Measure a desk of each size, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 1_000_000])
    chosen = parser.parse_args()
    print("$", "python -m bench.pages", *sys.argv[1:])
    print(f"{os.cpu_count()} cores; load at the start {os.getloadavg()[0]:.1f}")
    waits = [_measured(chosen.folder / str(cases), cases) for cases in chosen.cases]
    print("\np95 of the last size / p95 of the first")
    for name, first in waits[0].items():
        print(f"{name:22} {waits[-1][name] / first:6.2f}")


def _measured(folder: Path, cases: int) -> dict[str, float]:
    """Print the table of one desk; return the p95 of each row in milliseconds."""
    with desk(folder, cases=cases) as it:
        targets = it.ask("bench.targets")
        print(f"\n{targets['cases']:,} cases; load {os.getloadavg()[0]:.1f}")
        print(f"{'':22} {'CPU ms':>7} {'p50 ms':>7} {'p95 ms':>7} {'kB':>6} {'x limit':>8}")
        limits = {row.name: _line(it, row, None)[0] for row in _bare_rows(targets)}
        waits = {}
        for row in _rows(targets):
            _, waits[row.name] = _line(it, row, limits[row.limit])
    return waits


def _line(it: Desk, row: Row, limit: float | None) -> tuple[float, float]:
    """Measure one row and print it; return CPU and p95 in milliseconds."""
    port, web = (it.port, it.web) if limit is not None else (it.bare_port, it.bare_web)
    first, count, at_once = 4, ONE_BY_ONE, AT_ONCE
    if row.is_write:
        count, at_once = WRITES_ONE_BY_ONE, WRITES_AT_ONCE
    asked = [row.ask(number) for number in range(first + count + at_once)]
    load.waiting(port, asked[:first])
    times, size = load.waiting(port, asked[first : first + count])
    trees = (web, *it.servers)
    cpu = load.working(port, asked[first + count :], clients=CLIENTS, trees=trees)
    p50, p95 = load.quantiles(times)
    ratio = f"{cpu / limit:8.2f}" if limit is not None else ""
    print(f"{row.name:22} {cpu:7.1f} {p50:7.1f} {p95:7.1f} {size / 1000:6.1f} {ratio}", flush=True)
    return cpu, p95


def _bare_rows(targets: dict[str, Any]) -> list[Row]:
    agent, words = targets["agent"], targets["words"]
    _, pk = targets["long"]["20"]
    return [
        Row("bare", "", lambda _: Request("/bare/")),
        Row("auth", "", lambda _: Request("/auth/", agent)),
        Row("detail", "", lambda _: Request(f"/detail/{pk}/")),
        Row("fts", "", lambda _: Request(f"/fts/?q={words['rare']}")),
        Row("insert", "", lambda _: Request("/insert/", form={"a": "1"}, status=204), True),
    ]


def _rows(targets: dict[str, Any]) -> list[Row]:
    agent, client, manager = (targets[who] for who in ("agent", "client", "manager"))
    filters = "priority=high&channel=portal"
    reads = {
        "queue: all open": ("auth", "/console/queues/open/", agent),
        "queue: breaching": ("auth", "/console/queues/breaching/", agent),
        "queue: ended": ("auth", "/console/queues/ended/", agent),
        "queue, two filters": ("auth", f"/console/queues/open/?{filters}", agent),
        "dashboard": ("auth", "/console/dashboard/", agent),
        "ended, two filters": ("auth", f"/console/queues/ended/?{filters}", agent),
        **{
            f"search: {kind}": ("fts", f"/console/search/?q={word.replace(' ', '+')}", agent)
            for kind, word in targets["words"].items()
        },
        "search, two filters": ("fts", f"/console/search/?q=report&{filters}", agent),
        **{
            f"case, {count} messages": ("detail", f"/console/cases/{number}/", agent)
            for count, (number, _) in targets["long"].items()
        },
        "case, as the client": ("detail", f"/cases/{targets['long']['20'][0]}/", client),
        "my cases": ("auth", "/cases/", client),
        "manager's cases": ("auth", "/cases/", manager),
        "manager's search": ("fts", "/cases/?q=report", manager),
        "Help Center": ("auth", "/", client),
    }
    rows = [
        Row(name, limit, lambda _, path=path, who=who: Request(path, who))  # type: ignore[misc]
        for name, (limit, path, who) in reads.items()
    ]
    return [*rows, _opening(client), _answering(targets["open"], agent)]


def _opening(client: dict[str, str]) -> Row:
    form = {"subject": "Report is empty", "type": "question", "priority": "medium", "details": TEXT}
    return Row(
        "open a case",
        "insert",
        lambda _: Request("/cases/new/", client, form | {"key": secrets.token_hex(8)}, 302),
        is_write=True,
    )


def _answering(cases: list[list[int]], agent: dict[str, str]) -> Row:
    def ask(turn: int) -> Request:
        number, version = cases[turn]
        form = {"audience": "public", "text": TEXT, "version": str(version)}
        return Request(f"/console/cases/{number}/messages/", agent, form, 302)

    return Row("answer a case", "insert", ask, is_write=True)


if __name__ == "__main__":
    main()
