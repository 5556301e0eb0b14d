"""No word, count, file or author of an internal note reaches a client through the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.actions.replying import add_note
from cases.models import Case, Channel
from cases.thread.adding import Writing
from helpdesk.attachments.storing import store
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case, a_note
from tests.helpdesk.api.calling import caller_for

CANARY = "heliotrope"


@pytest.fixture
def case(carla: Person, ada: Person) -> Case:
    case = a_case(carla)
    a_note(case, by=ada, text=f"They never pay: {CANARY}.")
    return case


@pytest.mark.parametrize("who", ["carla", "cem"])
@pytest.mark.parametrize("address", ["cases/", "cases/{}/", "cases/{}/messages/"])
def test_no_word_of_a_note_reaches_a_client(
    address: str, who: str, case: Case, request: pytest.FixtureRequest
) -> None:
    answer = caller_for(request.getfixturevalue(who)).get(address.format(case.number))
    assert answer.status_code == 200
    assert CANARY not in answer.content.decode()
    assert "Ada" not in answer.content.decode()
    assert "internal" not in answer.content.decode()


@pytest.mark.parametrize(("who", "count"), [("carla", 1), ("cem", 1), ("ada", 2)])
def test_clients_are_sent_the_public_messages_alone(
    who: str, count: int, case: Case, request: pytest.FixtureRequest
) -> None:
    caller = caller_for(request.getfixturevalue(who))
    assert len(caller.get(f"cases/{case.number}/messages/").json()["results"]) == count


def test_a_note_changes_nothing_that_a_client_reads(carla: Person, ada: Person) -> None:
    case, caller = a_case(carla), caller_for(carla)
    addresses = ("cases/", f"cases/{case.number}/messages/")
    before = [caller.get(address).content for address in addresses]
    a_note(case, by=ada)
    assert [caller.get(address).content for address in addresses] == before


@pytest.mark.parametrize(("who", "status"), [("carla", 404), ("cem", 404), ("ada", 200)])
def test_a_file_of_a_note_is_there_for_us_only(
    who: str, status: int, case: Case, ada: Person, request: pytest.FixtureRequest
) -> None:
    by = Actor.of(ada)
    file = store(SimpleUploadedFile("a.txt", b"secret"), filename="a.txt", by=by)
    add_note(case, Writing(text="See.", channel=Channel.API, files=(file,)), by=by)
    caller = caller_for(request.getfixturevalue(who))
    assert caller.get(f"cases/{case.number}/files/{file.public_id}/").status_code == status


def test_clients_write_no_notes(case: Case, carla: Person) -> None:
    address = f"cases/{case.number}/messages/"
    answer = caller_for(carla).post(address, {"text": "Psst.", "internal": True})
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Only our own people write internal notes."


def test_ours_write_notes(case: Case, ada: Person) -> None:
    address = f"cases/{case.number}/messages/"
    answer = caller_for(ada).post(address, {"text": "Known.", "internal": True})
    assert (answer.status_code, answer.json()["internal"]) == (201, True)
    assert not case.messages.get(text="Known.").is_public
