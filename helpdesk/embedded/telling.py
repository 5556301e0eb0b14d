"""What the person who started the desk reads."""

import contextlib
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from helpdesk.demo.accounts import ACCOUNTS, PASSWORD
from helpdesk.embedded.places import Places
from helpdesk.embedded.wishes import Wishes

LOCAL = ("127.0.0.1", "::1", "localhost")


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


def tell(env: Mapping[str, str], *, where: Places, wishes: Wishes, has_demo: bool) -> None:
    """Say where the desk is, who may sign in, what runs, and how to stop it."""
    site = env["SITE_URL"].rstrip("/")
    secret = env["MAIL_INBOUND_SECRETS"].split(",")[0]
    lines = [
        f"\n  Help Center      {site}/",
        f"  Agent console    {site}/console/",
        f"  Administration   {site}/admin/",
    ]
    if env.get("MAIL_CATCHER") == "true":
        lines.append(f"  Mails it sent    {site}/mail/caught/")
    if has_demo:
        width = max(len(account.username) for account in ACCOUNTS)
        lines.append(f"\n  Demo accounts, each with the password {PASSWORD}:")
        lines += [f"    {account.username:{width}}  {account.purpose}" for account in ACCOUNTS]
        if wishes.host not in LOCAL:
            lines.append("  Everybody knows it, and others can reach this desk: change it first.")
    lines += [
        "\n  Running:",
        f"    web          pages and sockets at {wishes.host}:{wishes.port}",
        f"                 mail by SMTP at 127.0.0.1:{wishes.smtp_port}, or POST to",
        f"                 {site}/mail/inbound/raw/",
        f"                 with the header Authorization: Bearer {secret}",
        "    worker       tasks, four at a time",
        "    beat         recurring jobs",
        f"    PostgreSQL   {_place_of(env['DATABASE_URL'])}",
        f"    Valkey       {_place_of(env['REDIS_URL'])}",
        f"\n  Data and logs are kept in {where.data}.",
        "  Ctrl-C stops everything; nothing is lost.\n",
    ]
    say("\n".join(lines))


def _place_of(url: str) -> str:
    """Return where a server listens, without its password."""
    parts = urlsplit(url)
    if parts.hostname is None:
        return f"socket in {Path(unquote(parts.path.replace('//', '/', 1))).parent}"
    return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
