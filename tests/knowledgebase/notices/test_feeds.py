"""What feed readers and calendars get."""

from xml.etree import ElementTree

import icalendar
import pytest
from django.test import Client

from helpdesk.people.actors import SYSTEM
from knowledgebase.notices.actions import planning
from tests.knowledgebase.notices.board import HOUR, NOW, incident, maintenance

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
ENTRY = "{http://www.w3.org/2005/Atom}entry"


def test_a_feed_has_an_entry_a_notice_with_all_that_was_said(client: Client) -> None:
    incident()
    answer = client.get("/status/feed.atom")
    (entry,) = ElementTree.fromstring(answer.text).findall(ENTRY)  # noqa: S314 (our own)
    assert entry.findtext("a:title", namespaces=ATOM) == "Investigating: Reports are slow"
    assert "Reports cannot be run" in str(entry.findtext("a:summary", namespaces=ATOM))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_a_calendar_has_an_event_a_plan_and_none_for_incidents(client: Client) -> None:
    incident()
    notice = maintenance()
    written = icalendar.Calendar.from_ical(client.get("/status/calendar.ics").content)
    (event,) = written.walk("VEVENT")
    assert (event["UID"], event.decoded("DTSTART"), event.decoded("DTEND"), event["STATUS"]) == (
        f"notice-{notice.pk}@waratah.example",
        NOW + 2 * HOUR,
        NOW + 4 * HOUR,
        "CONFIRMED",
    )


def test_a_plan_that_moved_replaces_itself_and_one_that_was_cancelled_says_so(
    client: Client,
) -> None:
    notice = maintenance()
    planning.replan(
        notice,
        starts_at=NOW + 3 * HOUR,
        ends_at=NOW + 5 * HOUR,
        text="Later.",
        by=SYSTEM,
        at=NOW,
    )
    planning.cancel(notice, by=SYSTEM, text="Not needed.")
    written = icalendar.Calendar.from_ical(client.get("/status/calendar.ics").content)
    (event,) = written.walk("VEVENT")
    assert (event["SEQUENCE"], event["STATUS"]) == (1, "CANCELLED")
