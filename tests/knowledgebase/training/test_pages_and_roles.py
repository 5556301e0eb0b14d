"""The access table: every page of training × everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from helpdesk.calendars.models import Region
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.training.actions.registering import register
from knowledgebase.training.models import Event, Registration
from tests.cases.test_pages_and_roles import browser_of
from tests.knowledgebase.training.school import DAY, an_event

__all__ = ["browser_of"]
pytestmark = pytest.mark.django_db

CLIENTS = ("carla", "cem", "gil", "ivy")
OURS = ("ada", "ben", "lea", "root")
LISTS = ("list", "month", "recordings")
OF_EVENT = ("event", "ics")
CONSOLE_READ = ("list", "plan", "event")
CONSOLE_WRITE = ("cancel", "attendance")
NEW = {
    "title": "Dashboards",
    "starts_at": "2027-11-24T14:00",
    "ends_at": "2027-11-24T15:00",
    "visibility": "public",
    "recording_visibility": "registered",
    "is_published": "on",
}
Browser = Callable[[str], Client]


@pytest.fixture
def event(db: None) -> Event:
    return an_event(at=timezone.now())


@pytest.fixture
def elsewhere(db: None) -> Region:
    return Region.objects.create(
        code="nz", name="New Zealand", country="NZ", time_zone="Pacific/Auckland"
    )


def rows_now() -> tuple[Any, ...]:
    return (
        list(Event.objects.values_list("title", "cancelled_at")),
        list(Registration.objects.values_list("person", "state", "has_attended")),
        OutboundMail.objects.count(),
    )


def _names(namespace: str) -> set[str]:
    _, resolver = get_resolver().namespace_dict[namespace]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def test_the_table_knows_every_address() -> None:
    assert _names("training") == {*LISTS, *OF_EVENT, "registration"}
    assert _names("console-training") == {*CONSOLE_READ, *CONSOLE_WRITE}


def _console(page: str, event: Event) -> str:
    args = [] if page in {"list", "plan"} else [event.pk]
    return reverse(f"console-training:{page}", args=args)


@pytest.mark.parametrize("who", CLIENTS + OURS)
def test_everybody_signed_in_reads_a_public_event(
    who: str, event: Event, browser_of: Browser
) -> None:
    browser = browser_of(who)
    pages = [reverse(f"training:{page}") for page in LISTS]
    pages += [reverse(f"training:{page}", args=[event.pk]) for page in OF_EVENT]
    assert [browser.get(page).status_code for page in pages] == [200] * 5


def test_a_visitor_reads_a_public_event_and_is_sent_to_sign_in_to_register(
    event: Event, client: Client
) -> None:
    pages = [reverse(f"training:{page}") for page in LISTS]
    pages += [reverse(f"training:{page}", args=[event.pk]) for page in OF_EVENT]
    assert [client.get(page).status_code for page in pages] == [200] * 5
    answer = client.post(reverse("training:registration", args=[event.pk]))
    assert answer["Location"].startswith("/accounts/login/")
    assert not Registration.objects.exists()


@pytest.mark.parametrize("facts", [{"visibility": "signed_in"}, {"is_published": False}])
def test_a_visitor_finds_nothing_that_is_not_public(facts: dict[str, Any], client: Client) -> None:
    event = an_event(at=timezone.now(), **facts)
    assert client.get(reverse("training:event", args=[event.pk])).status_code == 404
    assert event.title not in client.get(reverse("training:list")).text


@pytest.mark.parametrize("who", CLIENTS)
def test_an_event_of_another_region_or_a_draft_is_not_there_for_clients(
    who: str, elsewhere: Region, browser_of: Browser
) -> None:
    browser = browser_of(who)
    events = [
        an_event(at=timezone.now(), regions=[elsewhere]),
        an_event(at=timezone.now(), is_published=False),
    ]
    for event in events:
        assert browser.get(reverse("training:event", args=[event.pk])).status_code == 404
        assert browser.post(f"/training/{event.pk}/registration/").status_code == 404
    assert not Registration.objects.exists()


def test_a_client_registers_and_leaves(event: Event, browser_of: Browser) -> None:
    browser = browser_of("carla")
    address = reverse("training:registration", args=[event.pk])
    browser.post(address)
    page = browser.get(reverse("training:event", args=[event.pk])).text
    assert "You have a seat" in page
    assert "https://meet.example/reports" in page
    browser.post(address, {"leave": "1"})
    assert Registration.objects.get().state == "left"


def test_the_address_to_join_is_shown_to_nobody_without_a_seat(
    event: Event, browser_of: Browser
) -> None:
    assert "meet.example" not in browser_of("gil").get(f"/training/{event.pk}/").text
    assert "meet.example" not in browser_of("gil").get(f"/training/{event.pk}/event.ics").text


@pytest.mark.parametrize(
    ("visibility", "seated", "signed_in", "visitor"),
    [
        ("public", True, True, True),
        ("signed_in", True, True, False),
        ("registered", True, False, False),
    ],
)
def test_a_recording_is_shown_to_those_it_is_for(
    visibility: str,
    seated: bool,
    signed_in: bool,
    visitor: bool,
    carla: Person,
    browser_of: Browser,
    client: Client,
) -> None:
    long_ago = timezone.now() - 10 * DAY
    event = an_event(
        at=long_ago, recording_url="https://video.example/1", recording_visibility=visibility
    )
    register(event, carla, by=Actor.of(carla), at=long_ago)
    address = reverse("training:event", args=[event.pk])
    readers = (browser_of("carla"), browser_of("gil"), client)
    shown = ["video.example" in reader.get(address).text for reader in readers]
    assert shown == [seated, signed_in, visitor]


@pytest.mark.parametrize("who", OURS)
@pytest.mark.parametrize("page", CONSOLE_READ)
def test_ours_see_every_page_of_the_console(
    page: str, who: str, event: Event, browser_of: Browser
) -> None:
    assert browser_of(who).get(_console(page, event)).status_code == 200


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("page", CONSOLE_READ + CONSOLE_WRITE)
def test_no_client_finds_a_page_of_the_console_or_changes_anything(
    page: str, who: str, event: Event, browser_of: Browser
) -> None:
    before = rows_now()
    browser = browser_of(who)
    address = _console(page, event)
    assert [browser.get(address).status_code, browser.post(address, NEW).status_code] == [404, 404]
    assert rows_now() == before


@pytest.mark.parametrize("page", CONSOLE_READ + CONSOLE_WRITE)
def test_nobody_is_sent_to_sign_in(page: str, event: Event, client: Client) -> None:
    before = rows_now()
    assert client.post(_console(page, event), NEW)["Location"].startswith("/accounts/login/")
    assert rows_now() == before


def test_an_agent_plans_a_training_by_the_clock_of_the_desk(browser_of: Browser) -> None:
    browser_of("ada").post(reverse("console-training:plan"), NEW)
    event = Event.objects.get()
    assert (event.title, event.starts_at.isoformat()) == ("Dashboards", "2027-11-24T03:00:00+00:00")


def test_what_was_typed_survives_an_error(browser_of: Browser) -> None:
    answer = browser_of("ada").post(
        reverse("console-training:plan"), {**NEW, "ends_at": "2027-11-24T13:00"}
    )
    assert answer.status_code == 422
    assert "It must end after it begins." in answer.text
    assert "Dashboards" in answer.text


def test_an_agent_changes_and_cancels_it(event: Event, browser_of: Browser) -> None:
    browser = browser_of("ada")
    browser.post(reverse("console-training:event", args=[event.pk]), NEW)
    browser.post(reverse("console-training:cancel", args=[event.pk]))
    event.refresh_from_db()
    assert (event.title, event.is_cancelled) == ("Dashboards", True)
