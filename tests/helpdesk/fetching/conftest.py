"""A host on the internet, as far as the fetcher is told: a TLS server on the loopback."""

import contextlib
import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from helpdesk.fetching.fetching import Fetcher

NAME = "pictures.example"


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


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate and key for NAME, valid today."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "host.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def host(certificate: Path) -> Iterator[Host]:
    host = Host(certificate)
    yield host
    host.close()


@pytest.fixture
def fetcher(host: Host, certificate: Path) -> Fetcher:
    """A fetcher in whose world NAME is this machine, and this machine is on the internet."""
    return Fetcher(
        resolve=lambda name: ["127.0.0.1"],
        may_reach=lambda address: True,
        ports=frozenset({host.port}),
        trust=ssl.create_default_context(cafile=str(certificate)),
    )
