"""The limits of sign-in, counted by a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import RequestFactory

from helpdesk.people.sign_in.limits import (
    Limit,
    TooManyTries,
    attempt,
    forget_old_tries,
    give_back,
    place_of,
    spend,
)
from helpdesk.people.sign_in.models import Throttle

THREE_A_MINUTE = Limit("test", 3, 60)
OTHER = Limit("other", 3, 60)


def pass_time(seconds: int) -> None:
    """Let the database believe that what was tried lies further back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sign_in_throttle SET tries ="
            " ARRAY(SELECT t - make_interval(secs => %s) FROM unnest(tries) t)",
            [seconds],
        )


def test_tries_within_the_limit_are_allowed_and_the_next_one_is_not(db: None) -> None:
    allowed = [attempt(THREE_A_MINUTE, "carla").is_allowed for _ in range(5)]
    assert allowed == [True, True, True, False, False]


def test_each_subject_and_each_limit_counts_by_itself(db: None) -> None:
    for _ in range(3):
        spend(THREE_A_MINUTE, "carla")
    assert attempt(THREE_A_MINUTE, "gil").is_allowed
    assert attempt(OTHER, "carla").is_allowed


def test_who_waits_as_long_as_told_gets_in(db: None) -> None:
    for _ in range(3):
        spend(THREE_A_MINUTE, "carla")
    with pytest.raises(TooManyTries) as refusal:
        spend(THREE_A_MINUTE, "carla")
    assert 55 <= refusal.value.retry_after <= 60
    pass_time(refusal.value.retry_after)
    spend(THREE_A_MINUTE, "carla")


def test_the_window_slides(db: None) -> None:
    spend(THREE_A_MINUTE, "carla")
    pass_time(40)
    spend(THREE_A_MINUTE, "carla")
    spend(THREE_A_MINUTE, "carla")
    pass_time(21)
    assert [attempt(THREE_A_MINUTE, "carla").is_allowed for _ in range(2)] == [True, False]


def test_a_try_given_back_was_none(db: None) -> None:
    for _ in range(2):
        spend(THREE_A_MINUTE, "carla")
    give_back(THREE_A_MINUTE, "carla", spend(THREE_A_MINUTE, "carla"))
    assert [attempt(THREE_A_MINUTE, "carla").is_allowed for _ in range(2)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_forty_tries_at_once_are_three() -> None:
    def one_try(_: int) -> bool:
        try:
            return attempt(THREE_A_MINUTE, "carla").is_allowed
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        assert sum(pool.map(one_try, range(40))) == 3


def test_what_no_limit_counts_any_more_is_forgotten(db: None) -> None:
    spend(THREE_A_MINUTE, "carla")
    assert forget_old_tries() == 0
    Throttle.objects.update(expires_at=F("expires_at") - timedelta(minutes=2))
    assert forget_old_tries() == 1


def test_no_subject_is_kept_in_the_clear(db: None) -> None:
    spend(THREE_A_MINUTE, "carla@acme.example")
    assert "carla" not in Throttle.objects.get().key


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::99", "2001:db8:1:2::/64"),
    ],
)
def test_an_ipv6_network_is_one_place(rf: RequestFactory, address: str, place: str) -> None:
    assert place_of(rf.get("/", REMOTE_ADDR=address)) == place
