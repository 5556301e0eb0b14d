"""Merging from the page of a case: choosing, seeing what would happen, doing it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.joining import join
from cases.actions.merging import merge
from cases.models import Case
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(carla: Person) -> Case:
    return a_case(carla, subject="Totals are wrong")


@pytest.fixture
def kept(carla: Person) -> Case:
    return a_case(carla)


@pytest.fixture
def agent(client_as: Callable[[Person], Client], ada: Person) -> Client:
    return client_as(ada)


def page(case: Case, name: str = "merge") -> str:
    return reverse(f"console:{name}", args=[case.number])


def test_the_choice_offers_other_cases_of_the_same_organisation(
    agent: Client, source: Case, kept: Case, gil: Person
) -> None:
    elsewhere = a_case(gil)
    shown = agent.get(page(source, "merge-options")).text
    assert kept.shown_number in shown
    assert source.shown_number not in shown
    assert elsewhere.shown_number not in shown


def test_a_typed_number_finds_its_case(agent: Client, source: Case, kept: Case) -> None:
    shown = agent.get(page(source, "merge-options"), {"q": str(kept.number)}).text
    assert shown.count("<li") == 1


def test_the_preview_changes_nothing_and_says_what_would_happen(
    agent: Client, source: Case, kept: Case
) -> None:
    shown = agent.get(page(source), {"into": kept.shown_number}).text
    assert "1 message or note goes over" in shown
    assert "Told by mail, once: Carla Rossi." in shown
    assert "This cannot be undone." in shown
    assert Case.objects.get(pk=source.pk).state == "new"


def test_a_number_that_is_not_there_is_said_beside_the_field(agent: Client, source: Case) -> None:
    shown = agent.get(page(source), {"into": "99999999"}).text
    assert "There is no such case." in shown
    assert 'value="99999999"' in shown


def test_the_preview_says_why_not(agent: Client, source: Case, gil: Person) -> None:
    shown = agent.get(page(source), {"into": a_case(gil).shown_number}).text
    assert "different organisations" in shown
    assert "Merge into" not in shown


def test_merging_leads_to_the_case_that_goes_on(agent: Client, source: Case, kept: Case) -> None:
    answer = agent.post(page(source, "merge-into"), {"into": kept.shown_number})
    assert answer["Location"] == f"{page(kept, 'case')}#latest"
    assert Case.objects.get(pk=source.pk).state == "merged"


def test_a_guest_is_named_and_has_to_be_let_in(
    agent: Client, ada: Person, source: Case, kept: Case, gil: Person
) -> None:
    join(source, gil, by=Actor.of(ada))
    assert f"would read case {kept.shown_number}" in (
        agent.get(page(source), {"into": kept.shown_number}).text
    )
    refused = agent.post(page(source, "merge-into"), {"into": kept.shown_number})
    done = agent.post(page(source, "merge-into"), {"into": kept.shown_number, "lets_in": "1"})
    assert (refused.status_code, done.status_code) == (409, 302)


def test_the_old_number_leads_to_the_kept_case_for_ours_and_for_its_client(
    client_as: Callable[[Person], Client], ada: Person, carla: Person, source: Case, kept: Case
) -> None:
    merge(source, into=kept, by=Actor.of(ada))
    for who, surface in ((ada, "console"), (carla, "portal")):
        answer = client_as(who).get(reverse(f"{surface}:case", args=[source.number]))
        assert answer["Location"] == reverse(f"{surface}:case", args=[kept.number])


def test_an_open_screen_of_the_old_case_goes_over_by_itself(
    agent: Client, ada: Person, source: Case, kept: Case
) -> None:
    merge(source, into=kept, by=Actor.of(ada))
    answer = agent.get(page(source, "live"))
    assert answer["HX-Redirect"] == page(kept, "case")


def test_the_history_of_the_old_case_can_still_be_read(
    agent: Client, ada: Person, source: Case, kept: Case
) -> None:
    merge(source, into=kept, by=Actor.of(ada))
    shown = agent.get(page(source, "case"), {"stay": "1"}).text
    assert f"It was merged into case {kept.shown_number}" in shown
    assert 'name="audience"' not in shown
    assert 'name="audience"' in agent.get(page(kept, "case")).text
