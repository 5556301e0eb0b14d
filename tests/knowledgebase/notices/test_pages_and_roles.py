"""The access table: every page of the status × everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from helpdesk.mail.models import OutboundMail
from knowledgebase.notices.lifecycle import State
from knowledgebase.notices.models import Notice, Subscription, Update
from tests.cases.test_pages_and_roles import browser_of
from tests.knowledgebase.notices.board import NOW, incident, maintenance

__all__ = ["browser_of"]
pytestmark = pytest.mark.django_db

CLIENTS = ("carla", "cem", "gil", "ivy")
OURS = ("ada", "ben", "lea", "root")
PUBLIC = ("overview", "history", "notice", "atom", "calendar", "concerns", "subscription")
WITH_TOKEN = ("confirm", "leave")
CONSOLE_READ = {"list": (), "post": ("incident",), "notice": (1,)}
CONSOLE_WRITE = ("say", "replan")
NEW = {
    "title": "Nobody gets in",
    "text": "We look into it.",
    "impact": "3",
    "starts_at": "2026-11-24T14:00",
}


@pytest.fixture
def notice(db: None) -> Notice:
    return maintenance()


def rows_now() -> tuple[Any, ...]:
    return (
        list(Notice.objects.values_list("state", "title", "ends_at")),
        Update.objects.count(),
        Subscription.objects.count(),
        OutboundMail.objects.count(),
    )


def _names(namespace: str) -> set[str]:
    _, resolver = get_resolver().namespace_dict[namespace]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def test_the_table_knows_every_address() -> None:
    assert _names("status") == set(PUBLIC + WITH_TOKEN)
    assert _names("console-notices") == set(CONSOLE_READ) | set(CONSOLE_WRITE)


def _public(page: str, notice: Notice) -> str:
    return reverse(f"status:{page}", args=[notice.pk] if page == "notice" else [])


@pytest.mark.parametrize("page", PUBLIC)
def test_nobody_has_to_sign_in(page: str, notice: Notice, client: Client) -> None:
    assert client.get(_public(page, notice)).status_code == 200


@pytest.mark.parametrize("who", CLIENTS + OURS)
@pytest.mark.parametrize("page", PUBLIC)
def test_everybody_reads_the_status(
    page: str, who: str, notice: Notice, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(_public(page, notice)).status_code == 200


@pytest.mark.parametrize("page", WITH_TOKEN)
def test_a_link_that_we_did_not_make_opens_nothing(page: str, client: Client) -> None:
    before = rows_now()
    answer = client.post(reverse(f"status:{page}", args=["forged"]))
    assert answer.status_code in {404, 410}
    assert rows_now() == before


@pytest.mark.parametrize("who", OURS)
@pytest.mark.parametrize("page", CONSOLE_READ)
def test_ours_see_every_page_of_the_console(
    page: str, who: str, notice: Notice, browser_of: Callable[[str], Client]
) -> None:
    args = [notice.pk] if page == "notice" else list(CONSOLE_READ[page])
    assert browser_of(who).get(reverse(f"console-notices:{page}", args=args)).status_code == 200


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("page", [*CONSOLE_READ, *CONSOLE_WRITE])
def test_no_client_finds_a_page_of_the_console_or_changes_anything(
    page: str, who: str, notice: Notice, browser_of: Callable[[str], Client]
) -> None:
    args = list(CONSOLE_READ[page]) if page in {"list", "post"} else [notice.pk]
    before = rows_now()
    browser = browser_of(who)
    address = reverse(f"console-notices:{page}", args=args)
    assert [browser.get(address).status_code, browser.post(address, NEW).status_code] == [404, 404]
    assert rows_now() == before


@pytest.mark.parametrize("page", [*CONSOLE_READ, *CONSOLE_WRITE])
def test_nobody_is_sent_to_sign_in(page: str, notice: Notice, client: Client) -> None:
    args = list(CONSOLE_READ[page]) if page in {"list", "post"} else [notice.pk]
    answer = client.post(reverse(f"console-notices:{page}", args=args), NEW)
    assert answer["Location"].startswith("/accounts/login/")


def test_an_agent_posts_an_incident(browser_of: Callable[[str], Client]) -> None:
    browser_of("ada").post(reverse("console-notices:post", args=["incident"]), NEW)
    posted = Notice.objects.get()
    assert (posted.title, posted.state, posted.impact) == ("Nobody gets in", "investigating", 3)


def test_what_was_typed_survives_an_error(browser_of: Callable[[str], Client]) -> None:
    answer = browser_of("ada").post(
        reverse("console-notices:post", args=["maintenance"]),
        {**NEW, "ends_at": "2026-11-24T13:00", "remind_hours": "24"},
    )
    assert answer.status_code == 422
    assert "It must end after it begins." in answer.text
    assert "We look into it." in answer.text


def test_an_agent_resolves_it(browser_of: Callable[[str], Client]) -> None:
    broken = incident(at=NOW)
    browser_of("ben").post(
        reverse("console-notices:say", args=[broken.pk]),
        {"state": "resolved", "impact": "0", "text": "All is well."},
    )
    broken.refresh_from_db()
    assert (broken.state, broken.impact) == (State.RESOLVED, 0)


def test_a_move_that_the_table_does_not_know_is_refused(
    notice: Notice, browser_of: Callable[[str], Client]
) -> None:
    before = rows_now()
    answer = browser_of("ada").post(
        reverse("console-notices:say", args=[notice.pk]),
        {"state": "resolved", "impact": "0", "text": "All is well."},
    )
    assert (answer.status_code, rows_now()) == (422, before)


def test_an_agent_extends_it(notice: Notice, browser_of: Callable[[str], Client]) -> None:
    browser_of("ada").post(
        reverse("console-notices:replan", args=[notice.pk]),
        {
            "starts_at": "2026-11-24T16:00",
            "ends_at": "2026-11-24T22:00",
            "text": "It takes longer.",
        },
    )
    notice.refresh_from_db()
    assert (notice.revision, notice.ends_at.isoformat() if notice.ends_at else "") == (
        1,
        "2026-11-24T11:00:00+00:00",
    )
