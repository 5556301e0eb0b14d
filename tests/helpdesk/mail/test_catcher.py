"""The development desk keeps its mails instead of sending them."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from helpdesk.mail import catcher, delivery
from helpdesk.mail.models import CaughtMail
from helpdesk.people.models import Person
from tests.helpdesk.mail.mails import an_outbound_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catching(settings: Settings) -> None:
    """A desk that catches its mails."""
    settings.MAIL_CATCHER = True
    settings.MAIL_FATE = ""
    settings.MAIL_BACKEND = "helpdesk.mail.catcher.CatcherBackend"


def caught() -> CaughtMail:
    an_outbound_mail(html='<p style="color: red">Hello <b>Carla</b></p>', subject="Your number")
    delivery.deliver_due(seconds=5)
    return CaughtMail.objects.get()


def test_a_mail_is_kept_and_counts_as_sent() -> None:
    mail = caught()
    assert (mail.subject, mail.recipients) == ("Your number", ["carla@acme.example"])


def test_staff_see_what_was_caught(client_as: Callable[[Person], Client], ada: Person) -> None:
    mail, browser = caught(), client_as(ada)
    assert b"Your number" in browser.get("/mail/caught/").content
    page = browser.get(f"/mail/caught/{mail.pk}/").content
    assert b"Hello Carla." in page
    assert b"Message-ID" in page


def test_the_html_is_shown_where_nothing_can_run(
    client_as: Callable[[Person], Client], ada: Person
) -> None:
    answer = client_as(ada).get(f"/mail/caught/{caught().pk}/html/")
    assert b"<b>Carla</b>" in answer.content
    assert answer["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
    )


def test_nobody_else_sees_them(
    client_as: Callable[[Person], Client], carla: Person, client: Client
) -> None:
    address = f"/mail/caught/{caught().pk}/"
    assert client_as(carla).get(address).status_code == 404
    assert client.get(address).status_code == 302


def test_only_the_latest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catcher, "KEPT", 2)
    for key in range(4):
        an_outbound_mail(key=str(key), subject=f"mail {key}")
    delivery.deliver_due(seconds=5)
    assert list(CaughtMail.objects.values_list("subject", flat=True)) == ["mail 2", "mail 3"]


def test_a_desk_that_sends_its_mails_has_no_such_page(
    client_as: Callable[[Person], Client], root: Person, settings: Settings
) -> None:
    settings.MAIL_CATCHER = False
    assert client_as(root).get("/mail/caught/").status_code == 404
