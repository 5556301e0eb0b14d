"""The same request sent twice is carried out once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from cases.models import Case
from cases.thread.models import Message
from helpdesk.api.models import UsedKey
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.helpdesk.api.calling import Caller, caller_for

NEW = {"subject": "Orders are stuck", "text": "Since nine."}


def test_the_same_key_again_is_the_same_case(carla: Person) -> None:
    caller = caller_for(carla)
    first = caller.post("cases/", NEW, Idempotency_Key="order-7")
    again = caller.post("cases/", NEW, Idempotency_Key="order-7")
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["number"], Case.objects.count()) == (again.json()["number"], 1)


def test_the_same_key_again_is_the_same_message_though_the_version_moved_on(
    carla: Person,
) -> None:
    case, caller = a_case(carla), caller_for(carla)
    address, body = f"cases/{case.number}/messages/", {"text": "More.", "version": 1}
    first = caller.post(address, body, Idempotency_Key="m-1")
    again = caller.post(address, body, Idempotency_Key="m-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json(), Message.objects.count()) == (again.json(), 2)


def test_without_a_key_each_request_is_its_own(carla: Person) -> None:
    caller = caller_for(carla)
    caller.post("cases/", NEW)
    caller.post("cases/", NEW)
    assert Case.objects.count() == 2


def test_another_persons_key_is_not_mine(carla: Person, gil: Person) -> None:
    caller_for(carla).post("cases/", NEW, Idempotency_Key="order-7")
    answer = caller_for(gil).post("cases/", NEW, Idempotency_Key="order-7")
    assert (answer.status_code, answer.json()["client"]) == (201, "Gil Tran")


def test_a_key_that_came_with_something_else_is_refused(carla: Person) -> None:
    caller = caller_for(carla)
    caller.post("cases/", NEW, Idempotency_Key="order-7")
    answer = caller.post("cases/", NEW | {"subject": "Other"}, Idempotency_Key="order-7")
    assert (answer.status_code, Case.objects.count()) == (422, 1)


def test_a_request_that_failed_leaves_no_key(carla: Person, ada: Person) -> None:
    case, caller = a_case(carla), caller_for(ada)
    address, body = f"cases/{case.number}/messages/", {"text": "More.", "version": 9}
    assert caller.post(address, body, Idempotency_Key="m-1").status_code == 409
    assert not UsedKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_opens_the_case(carla: Person) -> None:
    caller = caller_for(carla)
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(_open, [caller, caller]))
    assert sorted(status for status, _ in answers) == [200, 201]
    assert (len({number for _, number in answers}), Case.objects.count()) == (1, 1)


def _open(caller: Caller) -> tuple[int, Any]:
    try:
        answer = caller.post("cases/", NEW, Idempotency_Key="order-7")
        return answer.status_code, answer.json()["number"]
    finally:
        connection.close()
