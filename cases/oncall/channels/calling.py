"""What every channel is told of a call."""

from dataclasses import dataclass
from datetime import datetime

from cases.models import Case, Characteristic
from cases.oncall.models import Attempt
from helpdesk.people.models import Person


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody is to be told of a critical case, and can acknowledge at `acknowledge_url`."""

    attempt: Attempt
    person: Person
    case: Case
    acknowledge_url: str
    at: datetime

    @property
    def key(self) -> str:
        return f"attempt:{self.attempt.pk}"

    @property
    def what(self) -> str:
        """What makes the case critical, or what is known of it."""
        labels = [Characteristic(one).label for one in self.case.characteristics]
        return ". ".join(labels) or "The client calls it critical"

    @property
    def who(self) -> str:
        organisation = self.case.organisation
        return organisation.name if organisation is not None else self.case.client.name

    @property
    def text(self) -> str:
        """One line that fits an SMS."""
        return f"Critical case {self.case.shown_number}, {self.who}: {self.case.subject[:80]}."
