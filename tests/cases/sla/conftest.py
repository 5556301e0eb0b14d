"""Calendars and the promises that most tests of the SLA are about."""

import pytest

from cases.sla.models import SlaPolicy
from helpdesk.calendars.models import Calendar
from tests.builders import a_policy
from tests.helpdesk.calendars.desk import a_calendar


@pytest.fixture
def office(db: None) -> Calendar:
    """Monday to Friday 09-17 in Melbourne: what promises run on when nothing else is said."""
    return a_calendar("office")


@pytest.fixture
def round_the_clock(db: None) -> Calendar:
    return a_calendar("round-the-clock", daily="00:00-24:00")


@pytest.fixture
def first_response(office: Calendar) -> SlaPolicy:
    """Medium: a first response within 8 business hours, and nothing else."""
    return a_policy("medium", first_response="8 hours")


@pytest.fixture
def everything(office: Calendar) -> SlaPolicy:
    """Medium: first response 8 hours, next 4, news every 16, solved within 40."""
    return a_policy(
        "medium",
        first_response="8 hours",
        next_response="4 hours",
        update="16 hours",
        resolution="40 hours",
    )
