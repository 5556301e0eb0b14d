"""Real parallel connections: the last hour is held once, whatever the number of those who ask."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases.entitlements import checking, ledger
from cases.entitlements.models import Book, Movement
from helpdesk.people.models import Organisation
from tests.cases.entitlements.desk import NOW, consultation, note

CALLERS = 50


def outcomes_of(callers: int, organisation: Organisation, minutes: int) -> list[str]:
    """What each of so many callers on connections of their own hears, all starting at once."""
    ready = Barrier(callers)

    def ask(_: int) -> str:
        try:
            connection.ensure_connection()
            ready.wait(timeout=60)
            ledger.hold(organisation.pk, minutes, for_time=NOW, note=note())
        except ledger.NotEnoughMinutes as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "held"

    with ThreadPoolExecutor(callers) as pool:
        return list(pool.map(ask, range(callers)))


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_want_the_last_hour_exactly_one_gets_it(acme: Organisation) -> None:
    consultation(acme, 60)
    outcomes = outcomes_of(CALLERS, acme, 60)
    assert outcomes.count("held") == 1
    assert set(outcomes) - {"held"} == {
        "No minutes are left for a call of 60 minutes at that time."
    }
    book = Book.objects.get()
    assert (book.available, book.held) == (0, 60)
    assert Movement.objects.filter(kind="hold").count() == 1


@pytest.mark.django_db(transaction=True)
def test_minutes_of_several_grants_go_to_as_many_as_they_are_enough_for(
    acme: Organisation,
) -> None:
    for _ in range(3):
        consultation(acme, 50)
    outcomes = outcomes_of(20, acme, 30)
    assert outcomes.count("held") == 5
    assert checking.differences() == []
