"""The ledger of minutes: what moves, what is refused, and by whom."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases.entitlements import ledger
from cases.entitlements.models import Book, Grant, Movement, Posting
from helpdesk.people.models import Organisation
from tests.cases.entitlements.desk import MAY_31, NOW, consultation, held, note

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=300)


def book(organisation: Organisation) -> tuple[int, int, int, int]:
    row = Book.objects.get(pk=organisation.pk)
    return row.available, row.held, row.used, row.expired


def test_granted_minutes_may_be_booked(acme: Organisation) -> None:
    consultation(acme, 60)
    assert (ledger.available(acme.pk), book(acme)) == (60, (60, 0, 0, 0))


def test_an_organisation_without_a_book_has_nothing(acme: Organisation) -> None:
    assert ledger.available(acme.pk) == 0


def test_held_minutes_are_neither_available_nor_used(acme: Organisation) -> None:
    consultation(acme, 60)
    held(acme, 45)
    assert book(acme) == (15, 45, 0, 0)


def test_a_call_of_30_of_45_held_minutes_uses_30_and_gives_back_15(acme: Organisation) -> None:
    consultation(acme, 60)
    assert ledger.settle(held(acme, 45), used=30, note=note()) == 30
    assert book(acme) == (30, 0, 30, 0)


def test_no_more_is_used_than_was_held(acme: Organisation) -> None:
    consultation(acme, 60)
    assert ledger.settle(held(acme, 30), used=50, note=note()) == 30
    assert book(acme) == (30, 0, 30, 0)


def test_a_hold_is_settled_once(acme: Organisation) -> None:
    consultation(acme, 60)
    hold = held(acme, 30)
    ledger.settle(hold, used=30, note=note())
    assert ledger.settle(hold, used=30, note=note()) == 0
    assert book(acme) == (30, 0, 30, 0)


def test_more_than_there_is_cannot_be_held(acme: Organisation) -> None:
    consultation(acme, 60)
    held(acme, 45)
    with pytest.raises(ledger.NotEnoughMinutes, match="Only 15 minutes are left"):
        held(acme, 30)
    assert (book(acme), Movement.objects.filter(kind="hold").count()) == ((15, 45, 0, 0), 1)


def test_one_organisation_cannot_hold_the_minutes_of_another(
    acme: Organisation, globex: Organisation
) -> None:
    consultation(acme, 60)
    with pytest.raises(ledger.NotEnoughMinutes, match="No minutes are left"):
        held(globex, 30)


def test_minutes_that_expire_first_are_held_first(acme: Organisation) -> None:
    late, soon = consultation(acme, 60), consultation(acme, 30, until=MAY_31)
    held(acme, 45)
    left = {grant.entitlement_id: grant.available for grant in Grant.objects.all()}
    assert left == {soon.pk: 0, late.pk: 45}


def test_what_expires_first_is_used_first_and_the_other_given_back(acme: Organisation) -> None:
    late, soon = consultation(acme, 60), consultation(acme, 30, until=MAY_31)
    ledger.settle(held(acme, 45), used=30, note=note())
    used = {grant.entitlement_id: grant.used for grant in Grant.objects.all()}
    assert used == {soon.pk: 30, late.pk: 0}


def test_minutes_that_will_have_expired_by_then_are_not_held(acme: Organisation) -> None:
    consultation(acme, 60, until=MAY_31)
    with pytest.raises(ledger.NotEnoughMinutes):
        held(acme, 30, for_time=LATER)


def test_a_late_call_finds_fewer_minutes_valid(acme: Organisation) -> None:
    consultation(acme, 30)
    soon = consultation(acme, 30, until=MAY_31)
    assert ledger.payable(acme.pk, 30, now=NOW) == ledger.Payable(True, None)
    assert ledger.payable(acme.pk, 60, now=NOW) == ledger.Payable(True, soon.ends_at)
    assert ledger.payable(acme.pk, 61, now=NOW) == ledger.Payable(False, None)


def test_what_is_not_used_in_time_expires_and_what_is_held_stays(acme: Organisation) -> None:
    consultation(acme, 60, until=MAY_31)
    hold = held(acme, 45)
    assert ledger.expire(acme.pk, now=LATER) == 15
    assert book(acme) == (0, 45, 0, 15)
    ledger.settle(hold, used=30, note=note())
    assert ledger.expire(acme.pk, now=LATER) == 15
    assert book(acme) == (0, 0, 30, 30)


def test_every_movement_says_what_was_left_after_it(acme: Organisation) -> None:
    consultation(acme, 60, until=MAY_31)
    ledger.settle(held(acme, 45), used=30, note=note())
    ledger.expire(acme.pk, now=LATER)
    told = Movement.objects.order_by("pk").values_list("kind", "change", "available_after")
    assert list(told) == [
        ("grant", 60, 60),
        ("hold", -45, 15),
        ("use", 0, 15),
        ("give_back", 15, 30),
        ("expire", -30, 0),
    ]


def test_the_database_refuses_legs_that_do_not_add_up(acme: Organisation) -> None:
    consultation(acme, 60)
    grant, movement = Grant.objects.get(), Movement.objects.get()
    with pytest.raises(IntegrityError, match="must add up to zero"), transaction.atomic():
        Posting.objects.create(movement=movement, grant=grant, account="available", minutes=10)
    assert book(acme) == (60, 0, 0, 0)


def test_the_database_refuses_an_account_below_zero(acme: Organisation) -> None:
    consultation(acme, 60)
    grant, movement = Grant.objects.get(), Movement.objects.get()
    legs = [
        Posting(movement=movement, grant=grant, account="available", minutes=-61),
        Posting(movement=movement, grant=grant, account="held", minutes=61),
    ]
    with pytest.raises(IntegrityError, match="never_below_zero"), transaction.atomic():
        Posting.objects.bulk_create(legs)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entitlements_posting SET minutes = 1",
        "DELETE FROM entitlements_posting",
        "UPDATE entitlements_movement SET minutes = 1",
        "DELETE FROM entitlements_movement",
        "UPDATE entitlements_grant SET available = 70, issued = 70",
        "UPDATE entitlements_book SET available = 70",
        "INSERT INTO entitlements_book VALUES (%(other)s, 70, 0, 0, 0)",
    ],
)
def test_the_database_refuses_to_write_the_past_anew(
    acme: Organisation, globex: Organisation, statement: str
) -> None:
    consultation(acme, 60)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, {"other": globex.pk})
    assert book(acme) == (60, 0, 0, 0)


def test_the_statement_is_a_short_walk_of_its_index(acme: Organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    rows = Movement.objects.filter(organisation=acme.pk).order_by("-pk")[:30]
    assert "movement_statement" in rows.explain()


def test_a_day_of_the_contract_is_a_day_of_the_organisation(acme: Organisation) -> None:
    entitlement = consultation(acme, 60, until=date(2026, 5, 31))
    assert entitlement.ends_at is not None
    assert entitlement.ends_at.isoformat() == "2026-05-31T14:00:00+00:00"
