"""What the tests of mail need: a raw mail, a sorter that needs no room, a real SMTP server."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from tests.helpdesk.mail.smtp_sink import SmtpSink
from tests.helpdesk.mail.token_service import TokenService


@pytest.fixture
def sorter(settings: Settings) -> None:
    """Mails are sorted by `tests/helpdesk/mail/sorters.py`."""
    settings.MAIL_SORTER = "tests.helpdesk.mail.sorters.sort"


@pytest.fixture
def sink(settings: Settings) -> Iterator[SmtpSink]:
    """A mail server on this machine to which the outbox delivers."""
    with SmtpSink() as server:
        settings.MAIL_BACKEND = "helpdesk.mail.smtp_backend.SmtpBackend"
        settings.MAIL_FATE = ""
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_TIMEOUT = 2
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The address of the database of this test, for processes that it starts."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    folder = parts.path.rpartition("/")[0]
    return urlunsplit(parts._replace(path=f"{folder}/{connection.settings_dict['NAME']}"))


@pytest.fixture
def token_service() -> Iterator[str]:
    """A service that gives access tokens: token-1, token-2, each for an hour."""
    with TokenService() as service:
        yield service.url
