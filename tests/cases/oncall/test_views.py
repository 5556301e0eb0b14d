"""Acknowledging by the link in the mail, without signing in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from cases.oncall import paging
from cases.oncall.links import acknowledge_url
from cases.oncall.models import Page
from helpdesk.people.models import Person
from tests.cases.oncall.desk import a_page, a_rota

NOW = datetime(2026, 7, 1, 16, 14, tzinfo=UTC)


@pytest.fixture
def page(ada: Person, carla: Person) -> Page:
    a_rota(primary=ada)
    return a_page(carla, at=NOW)


@pytest.fixture
def link(page: Page) -> str:
    with time_machine.travel(NOW, tick=False):
        from_sweep = page.attempts.create(
            number=1, layer_name="Primary", person_id=_primary(), person_label="Ada", at=NOW
        )
        return acknowledge_url(from_sweep).removeprefix("http://localhost:8000")


def _primary() -> int:
    return int(Person.objects.get(username="ada").pk)


@time_machine.travel(NOW + timedelta(minutes=3), tick=False)
def test_looking_at_the_link_acknowledges_nothing(link: str, page: Page, client: Client) -> None:
    shown = client.get(link)
    page.refresh_from_db()
    assert (shown.status_code, page.state) == (200, "ringing")
    assert "I take care of it" in shown.text


@time_machine.travel(NOW + timedelta(minutes=3), tick=False)
def test_pressing_the_button_does(link: str, page: Page, client: Client, ada: Person) -> None:
    shown = client.post(link, follow=True)
    page.refresh_from_db()
    assert (page.state, page.acknowledged_by) == ("acknowledged", ada)
    assert "Ada Lovelace takes care of it." in shown.text


@time_machine.travel(NOW + timedelta(minutes=3), tick=False)
def test_a_telephone_system_without_cookies_may_press_it(link: str, page: Page) -> None:
    Client(enforce_csrf_checks=True).post(link)
    page.refresh_from_db()
    assert page.state == "acknowledged"


@time_machine.travel(NOW + timedelta(minutes=3), tick=False)
def test_when_it_is_over_the_page_says_why(link: str, page: Page, client: Client) -> None:
    paging.end(page, Page.State.STOPPED, reason="Ben Okri answered the client.", at=NOW)
    shown = client.post(link, follow=True)
    page.refresh_from_db()
    assert "The calls are over: Ben Okri answered the client." in shown.text
    assert page.state == "stopped"


def test_a_link_that_is_a_day_old_is_not_found(link: str, page: Page, client: Client) -> None:
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        assert client.post(link).status_code == 404
    page.refresh_from_db()
    assert page.state == "ringing"


@time_machine.travel(NOW + timedelta(minutes=3), tick=False)
@pytest.mark.parametrize("token", ["x", "eyJhIjoxfQ:1tnAzS:forged"])
def test_a_forged_link_is_not_found(token: str, client: Client, db: None) -> None:
    assert client.get(f"/on-call/{token}/").status_code == 404


@time_machine.travel(NOW + timedelta(minutes=3), tick=False)
def test_the_link_of_somebody_who_left_is_not_found(
    link: str, page: Page, client: Client, ada: Person
) -> None:
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    assert client.post(link).status_code == 404
