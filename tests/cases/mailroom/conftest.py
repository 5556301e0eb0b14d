"""What the tests of the mailroom need: a real SMTP server for what leaves."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.helpdesk.mail.smtp_sink import SmtpSink


@pytest.fixture
def sink(settings: Settings) -> Iterator[SmtpSink]:
    """A mail server on this machine to which the outbox delivers."""
    with SmtpSink() as server:
        settings.MAIL_BACKEND = "helpdesk.mail.smtp_backend.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server
