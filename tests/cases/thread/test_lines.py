"""The lines of a thread, in the words of who reads them."""

from cases.lifecycle import Move
from cases.models import Case
from cases.thread.lines import lines_of
from cases.thread.reading import thread_of
from helpdesk.people.models import Person
from tests.builders import a_case, a_message


def told(case: Case, reader: Person, *, for_ours: bool) -> list[str]:
    lines = lines_of(thread_of(case, reader=reader), for_ours=for_ours)
    return [line.sentence for line in lines if line.message is None]


def test_a_client_reads_of_states_as_they_concern_them(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    a_message(case, by=ada, then=Move.WAIT_FOR_CLIENT)
    assert told(case, carla, for_ours=False) == [
        "Ada Lovelace changed the state from Received to With us.",
        "Ada Lovelace changed the state from With us to Waiting for you.",
    ]


def test_ours_read_of_the_same_states_as_they_call_them(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    a_message(case, by=ada, then=Move.WAIT_FOR_CLIENT)
    assert told(case, ada, for_ours=True) == [
        "Ada Lovelace changed the state from New to Open.",
        "Ada Lovelace changed the state from Open to Waiting for client.",
    ]
