"""Who follows a case beside the one who opened it."""

from collections.abc import Callable

import pytest
from django.test import Client

from cases.models import Case, Participant
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case

Browser = Callable[[Person], Client]


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla)


def followers(case: Case) -> list[str]:
    joined = case.participants.filter(state=Participant.State.JOINED)
    return sorted(joined.values_list("person__full_name", flat=True))


def test_a_manager_follows_a_case_and_stops(client_as: Browser, cem: Person, case: Case) -> None:
    browser = client_as(cem)
    browser.post(f"/cases/{case.number}/following/")
    assert followers(case) == ["Cem Yildiz"]
    browser.post(f"/cases/{case.number}/following/", {"stop": "1"})
    assert followers(case) == []


def test_a_colleague_is_let_in_by_address(
    client_as: Browser, carla: Person, ivy: Person, case: Case
) -> None:
    answer = client_as(carla).post(
        f"/cases/{case.number}/colleagues/", {"email": "IVY@acme.example"}, follow=True
    )
    assert "Ivy Chen follows the case from now on." in answer.text
    assert client_as(ivy).get(f"/cases/{case.number}/").status_code == 200


def test_a_stranger_and_nobody_get_the_same_answer(
    client_as: Browser, carla: Person, gil: Person, case: Case
) -> None:
    browser, address = client_as(carla), f"/cases/{case.number}/colleagues/"
    stranger = browser.post(address, {"email": gil.email}, follow=True)
    nobody = browser.post(address, {"email": "none@acme.example"}, follow=True)
    assert ["Nobody of your organisation" in answer.text for answer in (stranger, nobody)] == [
        True,
        True,
    ]
    assert followers(case) == []


def test_one_of_ours_is_not_let_in_by_a_client(
    client_as: Browser, carla: Person, ada: Person, case: Case
) -> None:
    client_as(carla).post(f"/cases/{case.number}/colleagues/", {"email": ada.email})
    assert followers(case) == []


def test_who_saw_the_case_only_by_following_goes_back_to_the_list(
    client_as: Browser, carla: Person, ivy: Person, case: Case
) -> None:
    client_as(carla).post(f"/cases/{case.number}/colleagues/", {"email": ivy.email})
    answer = client_as(ivy).post(f"/cases/{case.number}/following/", {"stop": "1"})
    assert answer["Location"] == "/cases/"


def test_a_new_case_goes_on_from_an_old_one(client_as: Browser, carla: Person, case: Case) -> None:
    address = f"/cases/new/?follows={case.shown_number}"
    browser = client_as(carla)
    assert f"goes on from {case.shown_number}" in browser.get(address).text
    form = {"subject": "Again", "type": "question", "priority": "low", "details": "It is back."}
    browser.post(address, form)
    assert Case.objects.get(subject="Again").follows == case


def test_a_new_case_does_not_go_on_from_one_that_is_not_to_be_seen(
    client_as: Browser, gil: Person, globex: Organisation, case: Case
) -> None:
    address = f"/cases/new/?follows={case.shown_number}"
    page = client_as(gil).get(address)
    assert page.context["followed"] is None
