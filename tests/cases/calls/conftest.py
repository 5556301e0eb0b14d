"""What most tests of calls are about: Acme has three hours, Ada takes calls, Carla has a case."""

import pytest

from cases.calls.models import AgentHours
from cases.models import Case
from helpdesk.calendars.models import Calendar
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case
from tests.cases.calls.desk import NOW, takes_calls
from tests.cases.entitlements.desk import consultation
from tests.helpdesk.calendars.desk import a_calendar


@pytest.fixture
def office(db: None) -> Calendar:
    """Monday to Friday 09-17 in Melbourne."""
    return a_calendar("office")


@pytest.fixture
def hours(ada: Person) -> AgentHours:
    return takes_calls(ada)


@pytest.fixture
def case(office: Calendar, hours: AgentHours, acme: Organisation, carla: Person) -> Case:
    """Everything is there for a call about it."""
    consultation(acme, 180)
    return a_case(carla, at=NOW)
