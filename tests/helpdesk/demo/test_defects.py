"""The defects of the demo."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.defects.campaigns.models import Campaign
from cases.defects.models import Defect
from helpdesk.demo.defects import STORIES, make_defects
from helpdesk.people.models import Person
from tests.builders import a_case


@pytest.mark.django_db
def test_one_is_out_one_waits_for_an_agent_and_one_is_confirmed(ada: Person, carla: Person) -> None:
    now = timezone.now()
    for story in STORIES:
        a_case(carla, subject=f"{story.subject} again", at=now - timedelta(days=20))
    make_defects({"ada": ada}, now=now)
    defects = Defect.objects.order_by("pk").values_list("state", "case_count")
    assert list(defects) == [("released", 1), ("scheduled", 1), ("confirmed", 1)]
    states = Campaign.objects.order_by("pk").values_list("occasion", "state")
    assert list(states) == [("scheduled", "sent"), ("released", "sent"), ("scheduled", "waiting")]
