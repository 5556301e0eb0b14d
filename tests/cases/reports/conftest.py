"""The policies of these tests."""

import pytest

from tests.builders import a_policy
from tests.helpdesk.calendars.desk import a_calendar


@pytest.fixture(autouse=True)
def promises(db: None) -> None:
    a_calendar("office")
    a_policy("medium", name="Medium", first_response="8 hours", next_response="4 hours")
