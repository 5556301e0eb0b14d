"""Signatures of mails whose relay does not sign."""

from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_django.fixtures import Settings

from helpdesk.mail import delivery
from helpdesk.mail.dkim_signing import signed
from tests.helpdesk.mail.mails import an_outbound_mail
from tests.helpdesk.mail.smtp_sink import SmtpSink


@pytest.fixture
def public_key(settings: Settings, tmp_path: Path) -> bytes:
    """A key in the settings; the record that would stand in the DNS."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = tmp_path / "dkim.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    settings.MAIL_DKIM_KEY_FILE, settings.MAIL_DKIM_SELECTOR = str(file), "desk"
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])


@pytest.mark.django_db
def test_a_signed_mail_verifies_as_it_arrives(sink: SmtpSink, public_key: bytes) -> None:
    an_outbound_mail(html="<p>Hello</p>", thread="c1", in_reply_to="a@b")
    delivery.deliver_due(seconds=10)
    raw = sink.envelopes[0].original_content or b""
    assert dkim.verify(raw, dnsfunc=lambda *args, **more: public_key)
    assert raw.startswith(b"DKIM-Signature: ")
    forged = raw.replace(b"Subject: Hello", b"Subject: Hallo")
    assert not dkim.verify(forged, dnsfunc=lambda *args, **more: public_key)


def test_without_a_key_a_mail_goes_as_it_is(settings: Settings) -> None:
    settings.MAIL_DKIM_KEY_FILE = ""
    assert signed(b"From: a@b\r\n\r\nx") == b"From: a@b\r\n\r\nx"
