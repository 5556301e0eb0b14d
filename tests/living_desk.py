"""A whole desk for the stories: web and worker as processes, mail by a real SMTP server.

The processes live as long as the run; each test finds its tables empty. Load it with
`pytest_plugins` in the conftest of a folder of stories.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from cases.sla.presets import load_policies
from helpdesk.calendars.presets import load_preset
from helpdesk.embedded.children import WORKER
from tests.helpdesk.mail.smtp_sink import SmtpSink

PROJECT = Path(__file__).resolve().parents[1]
SECRET = "a-secret-of-the-mail-server"
PATIENCE_SECONDS = 60


@dataclass
class Desk:
    """A running desk. `url` is where people find it; `sink` is where its mails arrive."""

    url: str
    env: dict[str, str]
    sink: SmtpSink
    web: "subprocess.Popen[bytes] | None" = field(default=None)
    worker: "subprocess.Popen[bytes] | None" = field(default=None)

    def start_web(self) -> None:
        """Start pages and sockets at the address that people know, and wait for them."""
        command = [sys.executable, "-m", "uvicorn", "helpdesk.asgi:application"]
        port = str(urlsplit(self.url).port)
        options = ["--port", port, "--log-level", "warning", "--lifespan", "off"]
        self.web = subprocess.Popen([*command, *options], cwd=PROJECT, env=self.env)
        _wait_until_ready(self)

    def stop_web(self) -> None:
        """At once, whatever it was doing."""
        if self.web is not None:
            self.web.kill()
            self.web.wait()
            self.web = None

    def start_worker(self) -> None:
        command = [sys.executable, *WORKER]
        self.worker = subprocess.Popen(command, cwd=PROJECT, env=self.env)

    def kill_worker(self) -> None:
        """As the kernel does when memory runs out: at once, whatever it was doing."""
        if self.worker is not None:
            self.worker.kill()
            self.worker.wait()
            self.worker = None

    def post_mail(self, raw: bytes) -> int:
        """Hand a mail in as a mail server does; return the status of the answer."""
        request = urllib.request.Request(
            f"{self.url}/mail/inbound/raw/",
            data=raw,
            headers={"Authorization": f"Bearer {SECRET}", "Content-Type": "message/rfc822"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code


@pytest.fixture(scope="module")
def _processes(django_db_setup: None) -> Iterator[Desk]:
    """They end with their module: their sweeps would work on, and lock, the rows of other tests."""
    port = _free_port()
    with SmtpSink() as sink:
        env = os.environ | {
            "DATABASE_URL": _database_url(),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "EMAIL_URL": f"smtp://{sink.host}:{sink.port}",
            "MAIL_INBOUND_SECRETS": SECRET,
            "DATA_DIR": str(settings.DATA_DIR),
            "SECRET_KEY": settings.SECRET_KEY,
        }
        desk = Desk(env["SITE_URL"], env, sink)
        try:
            desk.start_worker()
            desk.start_web()
            yield desk
        finally:
            desk.kill_worker()
            desk.stop_web()


@pytest.fixture
def desk(transactional_db: None, _processes: Desk) -> Iterator[Desk]:
    """The desk with the shipped calendars and policies and without any case."""
    _processes.sink.envelopes.clear()
    load_preset("anz", by="test", now=datetime.now(UTC))
    load_policies()
    yield _processes
    if _processes.worker is None:
        _processes.start_worker()


def _database_url() -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    folder = parts.path.rpartition("/")[0]
    return urlunsplit(parts._replace(path=f"{folder}/{connection.settings_dict['NAME']}"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait_until_ready(desk: Desk) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and desk.web is not None and desk.web.poll() is None:
        try:
            with urllib.request.urlopen(f"{desk.url}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The web process did not become ready.")
