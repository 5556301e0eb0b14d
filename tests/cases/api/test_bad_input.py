"""Whatever is sent, the answer is a sentence that says what was wrong, and nothing changes."""

import json

import pytest

from cases.models import Case
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.helpdesk.api.calling import caller_for

JSON = "application/json"
NOT_JSON = "The body is not JSON that we can read. Nothing was changed."
GOOD = {"subject": "A", "text": "B"}


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"{", 400, NOT_JSON),
        (b"\xff\xfe", 400, NOT_JSON),
        (b'{"text": NaN}', 400, NOT_JSON),
        (b"[" * 100_000, 400, NOT_JSON),
        (b"[]", 400, "Send one JSON object, such as {}."),
        (b"null", 400, "Send one JSON object, such as {}."),
        (b'"' + b"x" * 1_000_000 + b'"', 413, "Send at most 1,000,000 bytes."),
    ],
)
def test_a_body_that_cannot_be_read(body: bytes, status: int, sentence: str, carla: Person) -> None:
    answer = caller_for(carla).send("POST", "cases/", body)
    assert (answer.status_code, answer.json()["detail"]) == (status, sentence)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind(content_type: str, carla: Person) -> None:
    answer = caller_for(carla).send("POST", "cases/", json.dumps(GOOD), content_type)
    assert answer.status_code == 415
    assert answer.json()["detail"].startswith("Send JSON, with the header")


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"colour": "red"}, "colour", "There is no such field."),
        ({"assignee": 1}, "assignee", "There is no such field."),
        ({"client": 1}, "client", "There is no such field."),
        ({"state": "closed"}, "state", "There is no such field."),
        ({"subject": ""}, "subject", "This field may not be blank."),
        ({"subject": None}, "subject", "This field may not be null."),
        ({"subject": {}}, "subject", "Not a valid string."),
        ({"subject": "x" * 251}, "subject", "Ensure this field has no more than 250 characters."),
        ({"text": "a\0b"}, "text", "Null characters are not allowed."),
        ({"text": "\ud800"}, "text", "Surrogate characters are not allowed: U+D800."),
        ({"priority": "urgent"}, "priority", '"urgent" is not a valid choice.'),
        ({"priority": ["high"]}, "priority", "\"['high']\" is not a valid choice."),
        ({"category": "Gone"}, "category", "Object with name=Gone does not exist."),
        ({"category": "a\0"}, "category", "Invalid value."),
        ({"category": "\ud800"}, "category", "Invalid value."),
        ({"url": "javascript:alert(1)"}, "url", "Enter a valid URL."),
        (
            {"priority": "critical"},
            "characteristics",
            "A critical case has at least one of these.",
        ),
        ({"characteristics": ["odd"]}, "characteristics.0", '"odd" is not a valid choice.'),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    change: dict[str, object], field: str, sentence: str, carla: Person
) -> None:
    answer = caller_for(carla).post("cases/", GOOD | change)
    assert answer.status_code == 400
    assert {"field": field, "detail": sentence} in answer.json()["errors"]
    assert f"“{field}”: {sentence}" in answer.json()["detail"]
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"order": "id"}, "order"),
        ({"client__password": "x"}, "client__password"),
        ({"state": "gone"}, "state"),
        ({"priority": "x' OR 1=1"}, "priority"),
        ({"q": "a\0"}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"cursor": "WyJhIiwxLDFd"}, "cursor"),
        ({"cursor": "x:y"}, "cursor"),
    ],
)
def test_a_filter_that_we_do_not_know_is_named(
    query: dict[str, str], field: str, carla: Person
) -> None:
    answer = caller_for(carla).get("cases/", **query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.parametrize("words", ["' OR 1=1 --", '"', "a & | !", "-", "%", "\u202e", "𝔘"])
def test_any_words_may_be_searched(words: str, carla: Person) -> None:
    assert caller_for(carla).get("cases/", q=words).status_code == 200


@pytest.mark.parametrize("key", ["with space", "x" * 129, "é"])
def test_a_key_of_another_shape_is_refused(key: str, carla: Person) -> None:
    answer = caller_for(carla).post("cases/", GOOD, Idempotency_Key=key)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "Idempotency-Key")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("DELETE", "cases/", 405),
        ("PATCH", "cases/1/", 405),
        ("PUT", "cases/1/closure/", 405),
        ("GET", "nowhere/", 404),
        ("GET", "", 404),
        ("POST", "cases", 404),
        ("GET", "cases/abc/", 404),
        ("GET", "cases/9999999999999/", 404),
        ("GET", "cases/-1/", 404),
    ],
)
def test_an_address_or_method_that_is_not_there(
    method: str, address: str, status: int, carla: Person
) -> None:
    answer = caller_for(carla).send(method, address, "")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize("version", [0, -1, "x", 2**31, 1.5, True, [1]])
def test_a_version_that_is_no_version(version: object, carla: Person) -> None:
    case = a_case(carla)
    body = {"text": "More.", "version": version}
    answer = caller_for(carla).post(f"cases/{case.number}/messages/", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "version")
