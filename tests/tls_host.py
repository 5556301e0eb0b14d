"""A TLS server on the loopback that counts whoever connects, and its certificate.

The fixture `receiver` is one to which the settings let webhooks and pushes go.
"""

import contextlib
import datetime
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import LazySettings

RECEIVER = "localhost"
LOOPBACK = ["127.0.0.0/8", "::1/128"]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Host:
    """Counts whoever connects, and answers each over TLS as it is told to."""

    def __init__(self, certificate: Path) -> None:
        self.connections = 0
        self.requests: list[bytes] = []
        self.answer: Callable[[ssl.SSLSocket], None] = lambda connection: None
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def says(self, *pieces: bytes) -> None:
        """Answer every request with `pieces`."""
        self.answer = lambda connection: connection.sendall(b"".join(pieces))

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                plain, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(plain,), daemon=True).start()

    def _talk(self, plain: socket.socket) -> None:
        plain.settimeout(10)
        with (
            contextlib.suppress(OSError),
            plain,
            self._tls.wrap_socket(plain, server_side=True) as connection,
        ):
            self.requests.append(connection.recv(65536))
            self.answer(connection)


def write_certificate(path: Path, *, name: str) -> Path:
    """Write a certificate and key for `name`, valid today, and return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def bodies_of(host: Host) -> list[dict[str, Any]]:
    """What was posted to `host` so far, as JSON."""
    return [json.loads(request.partition(b"\r\n\r\n")[2]) for request in host.requests]


def headers_of(request: bytes) -> dict[str, str]:
    """The headers of a request that was received, names in lower case."""
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    pairs = (line.split(": ", 1) for line in lines)
    return {name.lower(): value for name, value in pairs}


@pytest.fixture(scope="session")
def receiver_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_certificate(tmp_path_factory.mktemp("tls") / "receiver.pem", name=RECEIVER)


@pytest.fixture
def receiver(settings: LazySettings, receiver_certificate: Path) -> Iterator[Host]:
    """A host of the operator's own network that says yes to everything."""
    host = Host(receiver_certificate)
    host.says(OK)
    settings.WEBHOOK_NETWORKS = LOOPBACK
    settings.WEBHOOK_PORTS = [host.port]
    settings.WEBHOOK_CA_FILE = str(receiver_certificate)
    yield host
    host.close()
