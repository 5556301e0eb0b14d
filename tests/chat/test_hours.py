"""What we say of ourselves: live, full, away, and how long an answer takes."""

from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync

from chat import presence
from chat.actions.handing_over import accept
from chat.hours import MANY, NOBODY, reply_seconds, standing_of
from chat.models import Availability, Site
from helpdesk.calendars.models import Calendar
from helpdesk.calendars.presets import load_preset
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_conversation, a_site, an_answer

ZONE = "Australia/Melbourne"


@pytest.fixture
def site(db: None) -> Site:
    load_preset("anz", by="test", now=datetime.now(UTC))
    return a_site(calendar=Calendar.objects.get(slug="round-the-clock"))


@pytest.fixture
def ada_here(ada: Person) -> Person:
    async_to_sync(presence.see)(presence.of_agent(ada.pk))
    return ada


def now() -> datetime:
    return datetime.now(UTC)


def test_with_an_agent_at_the_inbox_it_is_live(site: Site, ada_here: Person) -> None:
    assert standing_of(site, now=now(), reader_zone=ZONE).is_live


def test_with_nobody_at_the_inbox_it_takes_a_message(site: Site, ada: Person) -> None:
    standing = standing_of(site, now=now(), reader_zone=ZONE)
    assert (standing.is_live, standing.sentence) == (False, NOBODY)


def test_who_is_away_is_not_there(site: Site, ada_here: Person) -> None:
    Availability.objects.create(person=ada_here, is_away=True)
    assert not standing_of(site, now=now(), reader_zone=ZONE).is_live


def test_a_full_queue_takes_messages(site: Site, ada_here: Person, carla: Person) -> None:
    Site.objects.update(most_waiting=1)
    a_conversation(a_client(carla))
    site.refresh_from_db()
    assert standing_of(site, now=now(), reader_zone=ZONE).sentence == MANY


def test_outside_the_hours_it_says_when_we_are_back(site: Site, ada_here: Person) -> None:
    chat_hours = a_site(calendar=Calendar.objects.get(slug="chat"))
    sunday = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
    standing = standing_of(chat_hours, now=sunday, reader_zone="Pacific/Auckland")
    assert not standing.is_live
    assert standing.sentence == ("Closed, opens tomorrow at 10:00 (Melbourne), 12:00 your time")


def test_the_expected_answer_is_the_middle_one_of_the_last_hour(
    site: Site, ada: Person, carla: Person, gil: Person, ivy: Person
) -> None:
    start = now() - timedelta(minutes=30)
    for client, seconds in ((carla, 60), (gil, 120), (ivy, 900)):
        conversation = a_conversation(a_client(client), at=start)
        accept(conversation, by=ada, at=start)
        an_answer(conversation, ada, at=start + timedelta(seconds=seconds))
    assert reply_seconds(now=now()) == 120


def test_an_hour_without_a_chat_promises_nothing(site: Site) -> None:
    assert reply_seconds(now=now()) is None
