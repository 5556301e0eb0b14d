"""What the API tells and does."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.replying import reply
from cases.models import Case, Channel
from cases.thread.adding import Writing
from helpdesk.attachments.models import ScanState, StoredFile
from helpdesk.attachments.storing import store
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_message, a_policy
from tests.helpdesk.api.calling import caller_for
from tests.helpdesk.calendars.desk import a_calendar

NEW = {"subject": "Orders are stuck", "text": "Since nine.", "priority": "high"}


def test_an_opened_case_has_its_number_and_came_by_the_api(carla: Person) -> None:
    opened = caller_for(carla).post("cases/", NEW).json()
    case = Case.objects.get()
    assert (opened["number"], opened["state"], opened["channel"]) == (
        case.shown_number,
        "new",
        "api",
    )
    assert case.messages.get().text == "Since nine."


def test_the_promises_bear_the_offset_of_their_calendar(
    carla: Person, monday_in_melbourne: datetime
) -> None:
    a_calendar("office")
    a_policy("high", first_response="4 hours")
    case = a_case(carla, priority="high", at=monday_in_melbourne)
    promise = caller_for(carla).get(f"cases/{case.number}/").json()["promises"][0]
    assert promise["metric"] == "first_response"
    assert promise["due_at"] == "2026-11-23T14:00:00+11:00"
    assert promise["zone"] == "Australia/Melbourne"
    assert promise["target_seconds"] == 4 * 3600


def test_an_answer_is_ours_and_public(carla: Person, ada: Person) -> None:
    case = a_case(carla)
    answer = caller_for(ada).post(f"cases/{case.number}/messages/", {"text": "Fixed."})
    assert (answer.status_code, answer.json()["is_ours"]) == (201, True)
    assert case.messages.public().count() == 2


def test_an_answer_to_an_old_version_is_not_sent(carla: Person, ada: Person) -> None:
    case = a_case(carla)
    a_message(case, by=carla)
    body = {"text": "Fixed.", "version": 1}
    answer = caller_for(ada).post(f"cases/{case.number}/messages/", body)
    assert (answer.status_code, answer.json()["current_version"]) == (409, 2)
    assert case.messages.count() == 2


def test_an_answer_to_the_current_version_is_sent(carla: Person, ada: Person) -> None:
    case = a_case(carla)
    body = {"text": "Fixed.", "version": 1}
    assert caller_for(ada).post(f"cases/{case.number}/messages/", body).status_code == 201


def test_the_priority_follows_its_client(carla: Person) -> None:
    case = a_case(carla)
    body = {"priority": "critical", "characteristics": ["hangs"]}
    told = caller_for(carla).put(f"cases/{case.number}/priority/", body).json()
    assert (told["priority"], told["characteristics"]) == ("critical", ["hangs"])


def test_ours_lower_a_priority_with_a_reason_only(carla: Person, ada: Person) -> None:
    case = a_case(carla)
    answer = caller_for(ada).put(f"cases/{case.number}/priority/", {"priority": "low"})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("Say why you lower the priority")


def test_a_case_is_closed_and_opened_again(carla: Person) -> None:
    case, caller = a_case(carla), caller_for(carla)
    assert caller.post(f"cases/{case.number}/closure/").json()["state"] == "closed"
    assert caller.post(f"cases/{case.number}/reopening/").json()["state"] == "open"


def test_a_move_that_does_not_apply_is_a_conflict_with_a_sentence(carla: Person) -> None:
    case = a_case(carla)
    answer = caller_for(carla).post(f"cases/{case.number}/reopening/")
    assert answer.status_code == 409
    assert answer.json()["detail"] == ("This case is “New” now, so “Reopen” does not apply to it.")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "new"}, 1),
        ({"state": "closed"}, 0),
        ({"priority": "high"}, 1),
        ({"priority": "low"}, 0),
        ({"q": "99999999"}, 0),
    ],
)
def test_the_list_is_narrowed(query: dict[str, str], count: int, carla: Person) -> None:
    a_case(carla, priority="high")
    assert len(caller_for(carla).get("cases/", **query).json()["results"]) == count


def test_the_list_goes_on_where_its_cursor_says(carla: Person) -> None:
    numbers = [a_case(carla).shown_number for _ in range(51)]
    caller = caller_for(carla)
    first = caller.get("cases/").json()
    second = caller.get("cases/", cursor=first["next"]).json()
    assert [row["number"] for row in first["results"]] == numbers[:0:-1]
    assert [row["number"] for row in second["results"]] == numbers[:1]
    assert second["next"] is None


def test_a_file_is_handed_out_at_the_address_that_its_message_tells(carla: Person) -> None:
    case, by = a_case(carla), Actor.of(carla)
    file = store(SimpleUploadedFile("a.txt", b"rows"), filename="a.txt", by=by)
    reply(case, Writing(text="Here.", channel=Channel.API, files=(file,)), by=by)
    caller = caller_for(carla)
    told = caller.get(f"cases/{case.number}/messages/").json()["results"][1]["files"][0]
    handed = caller.get(told["url"].removeprefix("/api/v1/"))
    assert (told["filename"], handed.getvalue()) == ("a.txt", b"rows")


def test_a_file_that_the_scanner_holds_is_a_sentence(carla: Person) -> None:
    case, by = a_case(carla), Actor.of(carla)
    file = store(SimpleUploadedFile("a.txt", b"rows"), filename="a.txt", by=by)
    reply(case, Writing(text="Here.", channel=Channel.API, files=(file,)), by=by)
    StoredFile.objects.update(scan_state=ScanState.INFECTED)
    answer = caller_for(carla).get(f"cases/{case.number}/files/{file.public_id}/")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert answer.json()["detail"].startswith("The virus scanner found something")


@pytest.mark.parametrize("address", ["cases/", "cases/{}/messages/"])
def test_a_longer_page_costs_no_more_statements(address: str, carla: Person) -> None:
    case, caller = a_case(carla), caller_for(carla)
    caller.get(address.format(case.number))
    with CaptureQueriesContext(connection) as short:
        caller.get(address.format(case.number))
    for _ in range(5):
        a_case(carla)
        a_message(case, by=carla)
    with CaptureQueriesContext(connection) as long:
        caller.get(address.format(case.number))
    assert len(long) == len(short)


@pytest.fixture
def monday_in_melbourne() -> datetime:
    """Monday 23 November 2026, 10:00."""
    return datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


def test_ours_merge_and_the_old_number_names_the_case_that_goes_on(
    ada: Person, carla: Person
) -> None:
    source, kept = a_case(carla), a_case(carla)
    told = caller_for(ada).post(f"cases/{source.number}/merging/", {"into": kept.number})
    assert (told.status_code, told.json()["number"]) == (200, kept.shown_number)
    old = caller_for(carla).get(f"cases/{source.number}/").json()
    assert (old["state"], old["merged_into"]) == ("merged", kept.shown_number)


def test_a_client_merges_nothing(carla: Person) -> None:
    source, kept = a_case(carla), a_case(carla)
    told = caller_for(carla).post(f"cases/{source.number}/merging/", {"into": kept.number})
    assert told.status_code == 422
    assert told.json()["detail"] == "Only our own people merge cases."
