"""The desk at an address where browsers allow passkeys, and visitors of two kinds."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.stories.people import Visitor, visitor


@pytest.fixture
def desk(live_server: LiveServer, settings: LazySettings) -> str:
    """The address of the desk; its links and passkeys are for that address."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_URL = address
    settings.CSRF_TRUSTED_ORIGINS = [address]
    return address


@pytest.fixture(params=[(1280, False), (390, True)], ids=["wide and light", "phone and dark"])
def somebody(browser: Browser, desk: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor at two widths and in two themes."""
    width, dark = request.param
    with visitor(browser, desk, dark=dark, width=width) as one:
        yield one
