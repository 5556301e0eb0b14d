"""What the person who started the desk reads."""

import contextlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from helpdesk.demo_accounts import ACCOUNTS, PASSWORD
from helpdesk.embedded.places import Places


@dataclass(frozen=True)
class Running:
    """A desk that serves at `address`, and where its parts listen."""

    address: str
    where: Places
    demo: bool
    web: str
    database: str
    redis: str


def say(sentence: str) -> None:
    """Print a line at once, also into a pipe."""
    print(sentence, flush=True)


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Show that `what` is being done, then how long it took."""
    began = time.monotonic()
    sys.stdout.write(f"  {what} ...")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        say("")
        raise
    say(f" {time.monotonic() - began:.1f} s")


def tell(running: Running, *, took: float) -> None:
    """Say where the desk is, who may sign in, what runs, and how to stop it."""
    lines = [
        "",
        f"Waratah is ready after {took:.1f} s.",
        "",
        f"  Help Center      {running.address}/",
        f"  Agent console    {running.address}/console/",
        f"  Administration   {running.address}/admin/",
        "",
    ]
    if running.demo:
        width = max(len(account.username) for account in ACCOUNTS)
        lines += [f"  Demo accounts, each with the password {PASSWORD}:"]
        lines += [f"    {account.username:{width}}  {account.purpose}" for account in ACCOUNTS]
        lines += [""]
    lines += [
        "  Running:",
        f"    web         {running.web}",
        "    worker      tasks, four at a time",
        "    beat        recurring jobs",
        f"    PostgreSQL  {running.database}",
        f"    Valkey      {running.redis}",
        "",
        f"  Data and logs are kept in {running.where.data}.",
        "  Ctrl-C stops everything; nothing is lost.",
        "",
    ]
    say("\n".join(lines))
