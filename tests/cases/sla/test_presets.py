"""The shipped promises are those of the desk's facts (`product.md`)."""

import pytest

from cases.sla.models import SlaPolicy
from cases.sla.presets import load_policies
from cases.sla.promising import promises_for
from helpdesk.calendars.models import Calendar
from helpdesk.people.models import Organisation
from tests.cases.sla.logs import on

pytestmark = pytest.mark.usefixtures("office", "round_the_clock")


def test_the_preset_promises_what_the_facts_of_the_desk_say(acme: Organisation) -> None:
    load_policies()
    promises = promises_for(acme, now=on("Fri 16:00"))
    assert {name: promise.target_words for name, promise in promises.items()} == {
        "critical": "2 hours, round the clock",
        "high": "4 business hours",
        "medium": "1 business day",
        "low": "2 business days",
    }
    assert promises["medium"].due_at == on("Mon+1 16:00")


def test_loading_again_changes_nothing() -> None:
    assert load_policies() == 4
    SlaPolicy.objects.filter(priority="low").update(is_active=False)
    assert load_policies() == 0
    assert not SlaPolicy.objects.get(priority="low").is_active


def test_a_policy_needs_the_calendars_first() -> None:
    Calendar.objects.filter(slug="round-the-clock").update(slug="other")
    with pytest.raises(Calendar.DoesNotExist):
        load_policies()
    assert not SlaPolicy.objects.exists()
