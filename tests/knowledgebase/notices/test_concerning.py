"""Whom a notice concerns, and when."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from helpdesk.calendars.models import Region
from helpdesk.people.models import Organisation, Person
from knowledgebase.notices.concerning import notices_for
from knowledgebase.notices.models import Product
from tests.knowledgebase.notices.board import NOW, incident, maintenance

pytestmark = pytest.mark.django_db


def titles_for(person: Person | AnonymousUser) -> list[str]:
    return [one.title for one in notices_for(person, now=NOW)]


@pytest.fixture
def nowhere(db: None) -> Region:
    return Region.objects.create(
        code="nz", name="New Zealand", country="NZ", time_zone="Pacific/Auckland"
    )


def test_a_notice_without_limits_concerns_everybody(carla: Person, ada: Person) -> None:
    incident()
    for reader in (carla, ada, AnonymousUser()):
        assert titles_for(reader) == ["Reports are slow"]


def test_a_notice_of_another_region_concerns_no_client_here(
    carla: Person, ada: Person, nowhere: Region
) -> None:
    incident(regions=[nowhere])
    assert (titles_for(carla), titles_for(ada)) == ([], ["Reports are slow"])


def test_a_notice_of_a_product_concerns_those_who_use_it(
    carla: Person, gil: Person, acme: Organisation
) -> None:
    reports = Product.objects.create(name="Reports")
    reports.organisations.add(acme)
    incident(products=[reports])
    assert (titles_for(carla), titles_for(gil)) == (["Reports are slow"], [])


def test_maintenance_concerns_readers_three_days_ahead(carla: Person) -> None:
    maintenance(starts_at=NOW + timedelta(days=4), ends_at=NOW + timedelta(days=5))
    maintenance(title="Soon", starts_at=NOW + timedelta(days=2), ends_at=None)
    assert titles_for(carla) == ["Soon"]


def test_the_worst_comes_first(carla: Person) -> None:
    incident()
    incident(title="Nobody gets in", impact=3)
    assert titles_for(carla) == ["Nobody gets in", "Reports are slow"]


def test_programs_get_it_as_json(client: Client, carla: Person) -> None:
    incident()
    told = client.get("/status/concerns/").json()["notices"]
    assert [(one["title"], one["tone"], one["state"]) for one in told] == [
        ("Reports are slow", "warning", "investigating")
    ]


def test_the_form_for_a_case_says_what_we_know_of(client: Client, carla: Person) -> None:
    incident(at=timezone.now())
    client.force_login(carla)
    page = client.get("/cases/new/").text
    before_the_form = page.partition('<form class="stack')[0]
    assert before_the_form.count("Reports are slow") == 1
    assert "Reports cannot be run while this lasts." in before_the_form


def test_the_form_for_a_case_is_silent_when_all_is_well(client: Client, carla: Person) -> None:
    client.force_login(carla)
    assert "Before you write" not in client.get("/cases/new/").text
