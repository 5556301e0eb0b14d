"""A host on the internet, as far as the fetcher is told: a TLS server on the loopback."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk.fetching.fetching import Fetcher
from tests.tls_host import Host, write_certificate

NAME = "pictures.example"

__all__ = ["NAME", "Host", "certificate", "fetcher", "host"]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate and key for NAME, valid today."""
    return write_certificate(tmp_path_factory.mktemp("tls") / "host.pem", name=NAME)


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
