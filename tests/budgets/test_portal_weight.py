"""A portal page weighs less than 150 kB: its HTML, styles and scripts, compressed."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from helpdesk.people.models import Person
from tests.knowledgebase.articles.making import an_article

BUDGET = 150_000
_FILE = re.compile(r'(?:src|href)="/static/([^"]+\.(?:js|css))"')
_IMPORTED = re.compile(r'(?:from|import)\s*\(?"(\.[^"]+\.js)"')


@pytest.mark.parametrize("address", ["/", "/help/", "/help/{}/", "/search/?q=receipt"])
def test_a_portal_page_is_light(address: str, lea: Person, client: Client) -> None:
    article = an_article(lea)
    page = client.get(address.format(article.pk), follow=True)
    files = _with_imports(set(_FILE.findall(page.text)))
    weight = _compressed(page.content) + sum(_compressed(_bytes_of(name)) for name in files)
    assert len(files) > 10
    assert weight < BUDGET


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
