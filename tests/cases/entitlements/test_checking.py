"""The proof that the sums agree, and that it would notice if they did not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.entitlements import ledger
from cases.entitlements.models import Book
from helpdesk.people.models import Organisation
from tests.cases.entitlements.desk import a_package, consultation, gave, held, note

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def moved(acme: Organisation) -> Organisation:
    gave(acme, a_package())
    consultation(acme, 60)
    ledger.settle(held(acme, 150), used=100, note=note())
    held(acme, 20)
    return acme


def check(*options: str) -> str:
    out = StringIO()
    call_command("check_minutes", *options, stdout=out)
    return out.getvalue()


def spoil(statement: str) -> None:
    """What no door and no statement of ours can do: write past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_a_sound_ledger_agrees(moved: Organisation) -> None:
    assert check() == "All agree.\n"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE entitlements_book SET available = 999", "book of organisation"),
        ("UPDATE entitlements_grant SET used = used + 1, issued = issued + 1", "grant"),
        ("DELETE FROM entitlements_posting WHERE account = 'held'", "sum of its postings"),
        ("UPDATE entitlements_movement SET available_after = 1", "available afterwards"),
        ("UPDATE entitlements_movement SET minutes = 7 WHERE kind = 'hold'", "minutes is 7"),
    ],
)
def test_whatever_was_written_past_the_doors_is_found(
    moved: Organisation, statement: str, told: str
) -> None:
    spoil(statement)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_minutes", stdout=out)
    assert told in out.getvalue()


def test_balances_are_brought_back_to_their_postings(moved: Organisation) -> None:
    spoil("UPDATE entitlements_book SET available = 999")
    spoil("UPDATE entitlements_grant SET used = used + 1, issued = issued + 1")
    assert check("--fix") == "All agree.\n"
    assert Book.objects.get(pk=moved.pk).available == 60
