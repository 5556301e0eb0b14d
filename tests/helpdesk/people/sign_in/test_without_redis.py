"""Redis is away: people sign in, stay signed in, and are limited as before (R6, R33)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client
from kombu import pools
from redis.exceptions import ConnectionError as NoConnection

from helpdesk.celery import app
from helpdesk.people.models import Person
from helpdesk.people.sign_in.models import LinkRequest
from tests.cast import PASSWORD
from tests.helpdesk.people.sign_in.authenticator_app import code_of, set_up_app

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _redis_is_away(settings: LazySettings) -> Iterator[None]:
    """Nobody listens where the settings say that Redis is."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": NOWHERE}}
    before = app.conf.broker_url
    use_broker(NOWHERE)
    yield
    use_broker(before)


def use_broker(url: str) -> None:
    """Publish to `url`: Celery and kombu keep connections to the address of before."""
    app.conf.update(broker_url=url)
    pools.reset()
    celery: Any = app
    celery._pool = celery.amqp._producer_pool = None


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": password})


def test_redis_is_really_away() -> None:
    with pytest.raises(NoConnection):
        caches["default"].get("x")


def test_somebody_signs_in_and_stays(client: Client, carla: Person) -> None:
    assert sign_in(client, "carla").status_code == 302
    assert client.get("/profile/").status_code == 200


def test_our_own_people_sign_in_with_their_second_factor(
    client: Client, ada: Person, settings: LazySettings
) -> None:
    settings.STAFF_MUST_USE_MFA = True
    secret = set_up_app(ada)
    sign_in(client, "ada")
    assert (
        client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})["Location"]
        == "/console/"
    )


def test_a_code_is_still_good_once(carla: Person) -> None:
    code = code_of(set_up_app(carla))
    answers = []
    for browser in (Client(), Client()):
        sign_in(browser, "carla")
        answers.append(browser.post("/accounts/2fa/authenticate/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_wrong_passwords_are_limited_as_ever(carla: Person) -> None:
    answers = [sign_in(Client(), "carla", "wrong").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_a_request_for_a_link_is_kept(
    client: Client, carla: Person, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/password/reset/", {"email": "carla@acme.example"})
    assert LinkRequest.objects.get().address == "carla@acme.example"


def test_signing_out_works(client: Client, carla: Person) -> None:
    sign_in(client, "carla")
    client.post("/accounts/logout/")
    assert client.get("/profile/").status_code == 302
