"""Fixtures for every test. The servers themselves are started by `tests/services.py`."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from helpdesk.people.models import Person

pytest_plugins = ["tests.cast", "tests.living_desk", "tests.tls_host"]


def pytest_configure() -> None:
    # The real hasher takes a third of a second for each person of the cast.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Every new test client would look through all static files once.
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Forget the rate limits, sessions and presence of the test before."""
    cache.clear()


@pytest.fixture
def client_as(db: None) -> Callable[[Person], Client]:
    """`client_as(ada)`: a browser in which Ada is signed in."""

    def signed_in(person: Person) -> Client:
        browser = Client()
        browser.force_login(person)
        return browser

    return signed_in
