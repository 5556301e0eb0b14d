"""The limits of sign-in, on a real database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from helpdesk.people.sign_in.limits import Limit, TooManyTries, attempt, give_back, spend
from helpdesk.people.sign_in.models import Throttle

THREE_A_MINUTE = Limit("test", 3, 60)


@pytest.mark.django_db
def test_tries_within_the_limit_are_allowed_and_the_next_one_is_not() -> None:
    allowed = [attempt(THREE_A_MINUTE, "carla").is_allowed for _ in range(4)]
    assert allowed == [True, True, True, False]
