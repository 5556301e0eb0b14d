"""A portal page weighs less than 150 kB: its HTML, styles and scripts, compressed."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from helpdesk.people.models import Person
from tests.builders import a_case
from tests.knowledgebase.articles.making import an_article
from tests.knowledgebase.community.club import a_group

BUDGET = 150_000
_FILE = re.compile(r'(?:src|href)="/static/([^"]+\.(?:js|css))"')
_IMPORTED = re.compile(r'(?:from|import)\s*\(?"(\.[^"]+\.js)"')


PUBLIC = ["/", "/help/", "/help/{article}/", "/search/?q=receipt", "/status/", "/training/"]
SIGNED_IN = [
    *PUBLIC,
    "/cases/",
    "/cases/new/",
    "/cases/{case}/",
    "/cases/{case}/promises/",
    "/groups/",
    "/groups/reports/",
    "/training/month/",
    "/status/history/",
    "/status/subscription/",
    "/contact/",
    "/calls/",
    "/known-defects/",
    "/profile/",
]


@pytest.fixture
def places(lea: Person, carla: Person) -> dict[str, object]:
    """What the addresses above take."""
    a_group()
    return {"article": an_article(lea).pk, "case": a_case(carla).shown_number}


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_light(address: str, places: dict[str, object], client: Client) -> None:
    assert _weight(client.get(address.format(**places), follow=True)) < BUDGET


@pytest.mark.parametrize("address", SIGNED_IN)
def test_a_page_of_a_client_is_light(
    address: str, places: dict[str, object], client: Client, carla: Person
) -> None:
    client.force_login(carla)
    assert _weight(client.get(address.format(**places), follow=True)) < BUDGET


def _weight(page: Any) -> int:
    """The page with its styles and scripts, compressed, in bytes."""
    assert page.status_code == 200
    files = _with_imports(set(_FILE.findall(page.text)))
    assert len(files) > 10
    return _compressed(page.content) + sum(_compressed(_bytes_of(name)) for name in files)


def _with_imports(names: set[str]) -> set[str]:
    """The files, and whatever their modules import."""
    found: set[str] = set()
    while waiting := names - found:
        found |= waiting
        for name in waiting:
            here = Path("/") / Path(name).parent
            imported = _IMPORTED.findall(_bytes_of(name).decode())
            names = names | {str((here / one).resolve())[1:] for one in imported}
    return found


def _bytes_of(name: str) -> bytes:
    path = finders.find(name)
    assert path is not None, name
    return Path(path).read_bytes()


def _compressed(content: bytes) -> int:
    return len(gzip.compress(content))
