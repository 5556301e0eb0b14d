""" "First time here?" and "Forgot your password?": one page, one answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Organisation, Person
from helpdesk.people.sign_in.answering_requests import answer_request, answer_requests
from helpdesk.people.sign_in.models import LinkRequest, PasswordLink
from helpdesk.people.sign_in.tasks import answer_link_requests
from helpdesk.people.sign_in.tidying import forget_what_is_over

ASK = "/accounts/password/reset/"


def ask(client: Client, address: str) -> Any:
    return client.post(ASK, {"email": address})


def test_the_answer_is_the_same_for_everybody(client: Client, carla: Person) -> None:
    Person.objects.create_user("gone", "gone@acme.example", is_active=False)
    answers = [
        ask(Client(), address)
        for address in ("carla@acme.example", "gone@acme.example", "stranger@nowhere.example")
    ]
    seen = {(a.status_code, a["Location"], a.content, tuple(sorted(a.cookies))) for a in answers}
    assert seen == {(302, "/accounts/password/reset/done/", b"", ())}


@pytest.mark.parametrize("address", ["carla@acme.example", "stranger@nowhere.example"])
def test_the_request_itself_looks_nobody_up(
    client: Client, carla: Person, address: str, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(5):
        ask(client, address)
    assert not OutboundMail.objects.exists()
    assert LinkRequest.objects.get().address == address


def test_a_request_wakes_a_worker_after_the_commit(
    client: Client,
    carla: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        ask(client, "carla@acme.example")
    assert [callback.__name__ for callback in callbacks] == ["_wake_worker"]


def test_who_has_a_password_gets_a_link_to_choose_a_new_one(client: Client, carla: Person) -> None:
    ask(client, "CARLA@acme.example")
    answer_requests()
    mail = OutboundMail.objects.get()
    assert (mail.kind, mail.to_address) == ("account_forgotten", "carla@acme.example")
    assert "http://localhost:8000/accounts/password/reset/key/" in mail.text
    assert PasswordLink.objects.get().purpose == "forgotten"


def test_a_contact_without_a_password_gets_a_link_to_set_one_up(
    client: Client, acme: Organisation
) -> None:
    Person.objects.create_user("dora", "dora@acme.example", organisation=acme)
    ask(client, "dora@acme.example")
    answer_requests()
    assert OutboundMail.objects.get().kind == "account_first_time"


def test_somebody_new_at_an_owned_domain_becomes_a_contact(
    client: Client, acme: Organisation
) -> None:
    ask(client, "new@acme.example")
    answer_requests()
    assert Person.objects.get(email="new@acme.example").organisation == acme
    assert OutboundMail.objects.get().to_address == "new@acme.example"


def test_strangers_and_deactivated_people_get_no_mail(client: Client, carla: Person) -> None:
    Person.objects.filter(pk=carla.pk).update(is_active=False)
    ask(client, "carla@acme.example")
    ask(client, "stranger@nowhere.example")
    answer_requests()
    assert not OutboundMail.objects.exists()
    assert not LinkRequest.objects.exists()


def test_a_request_is_answered_once(client: Client, carla: Person) -> None:
    ask(client, "carla@acme.example")
    pk = LinkRequest.objects.get().pk
    answer_request(pk)
    answer_request(pk)
    assert OutboundMail.objects.count() == 1


def test_the_workers_job_answers_what_waits(client: Client, carla: Person) -> None:
    ask(client, "carla@acme.example")
    answer_link_requests()
    assert OutboundMail.objects.get().to_address == "carla@acme.example"


def test_one_request_that_fails_holds_up_no_other(
    client: Client, carla: Person, gil: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    LinkRequest.objects.create(address="no address at all\x7f@acme.example")
    ask(client, "gil@globex.example")
    answer_requests()
    assert OutboundMail.objects.get().to_address == "gil@globex.example"


def test_the_link_never_follows_the_host_of_the_request(client: Client, carla: Person) -> None:
    client.post(ASK, {"email": "carla@acme.example"}, HTTP_HOST="127.0.0.1")
    answer_requests()
    assert "http://localhost:8000/" in OutboundMail.objects.get().text


def test_five_links_in_a_quarter_of_an_hour_are_enough_for_one_address(
    client: Client, carla: Person
) -> None:
    answers = [ask(Client(), "Carla@acme.example").status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert LinkRequest.objects.count() == 5


def test_too_many_requests_get_a_sentence(client: Client, carla: Person) -> None:
    for _ in range(6):
        answer = ask(client, "carla@acme.example")
    assert "Wait 15 minutes, then try again." in answer.content.decode()


def test_what_is_no_address_gets_a_sentence(client: Client, db: None) -> None:
    page = ask(client, "carla").content.decode()
    assert "This is no e-mail address. Write it like carla@acme.example." in page
    assert not LinkRequest.objects.exists()


def test_a_request_that_cannot_be_answered_is_forgotten_after_a_day(db: None) -> None:
    LinkRequest.objects.create(address="x@acme.example")
    forget_what_is_over()
    assert LinkRequest.objects.count() == 1
    LinkRequest.objects.update(asked_at=F("asked_at") - timedelta(hours=25))
    forget_what_is_over()
    assert not LinkRequest.objects.exists()
