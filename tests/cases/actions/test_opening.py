"""Opening a case."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from cases.actions.opening import Question, open_case
from cases.actions.refusing import Refused
from cases.models import Case
from cases.thread.adding import Writing
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case

NOON = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)


def test_a_new_case_is_new_and_belongs_to_the_clients_organisation(carla: Person) -> None:
    case = Case.objects.get(pk=a_case(carla, at=NOON).pk)
    assert (case.state, case.client, case.organisation) == ("new", carla, carla.organisation)
    assert (case.created_at, case.unanswered_since, case.message_count) == (NOON, NOON, 1)


def test_the_number_is_shown_with_eight_digits(carla: Person) -> None:
    case = a_case(carla)
    assert case.shown_number == f"{case.number:08d}"


def test_opening_is_one_entry_for_the_client_to_read(carla: Person) -> None:
    case = a_case(carla, at=NOON)
    entry = Entry.objects.get(subject_kind="case", subject_id=case.pk)
    assert (entry.kind, entry.audience, entry.at) == ("case.opened", "client", NOON)
    assert entry.sentence == "Carla Rossi opened the case."


def test_a_subject_over_several_lines_becomes_one_line(carla: Person) -> None:
    assert a_case(carla, subject=" A\r\nBcc: x \t y ").subject == "A Bcc: x y"


def test_a_case_without_subject_is_refused_and_leaves_nothing(carla: Person) -> None:
    with pytest.raises(Refused, match="subject"):
        a_case(carla, subject="  ")
    assert not Case.objects.exists()
    assert not Entry.objects.exists()


def test_a_case_that_we_open_for_a_client_waits_for_nobody(ada: Person, carla: Person) -> None:
    case = Case.objects.get(pk=a_case(carla, by=ada, is_ours=True, at=NOON).pk)
    assert (case.unanswered_since, case.first_answered_at) == (None, NOON)


@pytest.mark.django_db(transaction=True)
def test_a_thousand_cases_by_eight_clients_at_once_have_a_thousand_numbers(
    carla: Person,
) -> None:
    question, writing = Question(subject="Parallel"), Writing(text="At once.", channel="api")

    def open_many(_: int) -> list[int]:
        try:
            return [
                open_case(question, writing, client=carla, by=Actor.of(carla)).number
                for _ in range(125)
            ]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as clients:
        numbers = [number for made in clients.map(open_many, range(8)) for number in made]
    assert len(set(numbers)) == 1000
