"""Two workers at once, and an outage: everybody is told once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from cases.defects.campaigns import closing, sending
from cases.defects.campaigns.models import Campaign
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.defects.desk import a_defect, accepted, mailed, released

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


def tick(at: datetime) -> None:
    try:
        sending.sweep(now=at)
        closing.sweep(now=at)
    finally:
        connections.close_all()


def at_once(at: datetime) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(tick, [at] * WORKERS))


@pytest.fixture
def campaign(ada: Person, carla: Person, gil: Person, cem: Person, ivy: Person) -> Campaign:
    cases = [a_case(person) for person in (carla, gil, cem, ivy) for _ in range(5)]
    return released(a_defect(ada, *cases), by=ada)


def test_four_workers_at_once_tell_everybody_once(campaign: Campaign) -> None:
    at_once(campaign.send_at + timedelta(seconds=1))
    people = sorted(campaign.recipients.values_list("address", flat=True))
    assert mailed("defect_released") == people
    assert Entry.objects.filter(kind="case.defect_released").count() == 20


def test_an_outage_of_three_weeks_still_gives_notice_before_it_closes(campaign: Campaign) -> None:
    at_once(campaign.send_at + timedelta(seconds=1))
    accepted()
    back = timezone.now() + timedelta(days=21)
    at_once(back)
    assert len(mailed("defect_closing")) == 4
    assert not Entry.objects.filter(kind="case.moved", data__after="closed").exists()
    accepted()
    at_once(back + timedelta(days=1, hours=1))
    assert Entry.objects.filter(kind="case.moved", data__after="closed").count() == 20
    assert OutboundMail.objects.filter(kind="defect_closing").count() == 4
