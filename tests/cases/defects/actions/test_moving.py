"""The door of a defect's state."""

import pytest

from cases.actions.refusing import Refused
from cases.defects.actions import moving
from cases.defects.actions.refusing import DefectChanged
from cases.defects.campaigns.models import Campaign
from cases.defects.lifecycle import Move
from cases.defects.models import Defect
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.defects.desk import a_defect, moved, news_of

pytestmark = pytest.mark.django_db


def test_a_move_is_noted_with_both_states(ada: Person) -> None:
    defect = moved(a_defect(ada), Move.CONFIRM, by=ada)
    entry = Entry.objects.get(kind="defect.confirmed")
    assert (defect.state, defect.version) == ("confirmed", 2)
    assert (entry.subject_id, entry.actor, entry.audience) == (defect.pk, ada, "client")
    assert (entry.data["before"], entry.data["after"]) == ("logged", "confirmed")


def test_a_move_on_an_old_version_is_refused_and_changes_nothing(ada: Person) -> None:
    defect = moved(a_defect(ada), Move.CONFIRM, by=ada)
    before = news_of("defect", defect.pk)
    with pytest.raises(DefectChanged) as refusal:
        moving.move(defect, Move.DECLINE, by=Actor.of(ada), seen_version=1, reason="No.")
    assert (refusal.value.seen, refusal.value.current) == (1, 2)
    assert (Defect.objects.get().state, news_of("defect", defect.pk)) == ("confirmed", before)


def test_a_client_moves_nothing(ada: Person, carla: Person) -> None:
    defect = a_defect(ada)
    with pytest.raises(Refused, match="Only our own people"):
        moving.move(defect, Move.CONFIRM, by=Actor.of(carla))
    assert (Defect.objects.get().state, news_of("defect", defect.pk)) == (
        "logged",
        ["defect.logged"],
    )


def test_scheduling_makes_one_campaign_and_rescheduling_withdraws_it_for_another(
    ada: Person, carla: Person
) -> None:
    defect = a_defect(ada, a_case(carla))
    moved(defect, Move.SCHEDULE, by=ada, version="5.2")
    moved(defect, Move.RESCHEDULE, by=ada, version="5.3")
    told = Campaign.objects.order_by("pk").values_list("named_version", "state")
    assert list(told) == [("5.2", "withdrawn"), ("5.3", "waiting")]


def test_a_fix_that_is_merely_done_leaves_the_news_of_its_plan_on_its_way(
    ada: Person, carla: Person
) -> None:
    defect = moved(a_defect(ada, a_case(carla)), Move.SCHEDULE, Move.FIX, by=ada)
    assert defect.campaigns.get().state == "waiting"


def test_taking_back_withdraws_what_waits(ada: Person, carla: Person) -> None:
    defect = moved(a_defect(ada, a_case(carla)), Move.SCHEDULE, by=ada)
    moved(defect, Move.TAKE_BACK, by=ada, reason="Too early.")
    assert defect.campaigns.get().state == "withdrawn"
    assert news_of("defect", defect.pk)[-2:] == ["defect.taken_back", "defect.campaign_withdrawn"]


def test_a_defect_without_cases_makes_no_campaign(ada: Person) -> None:
    moved(a_defect(ada), Move.SCHEDULE, by=ada)
    assert not Campaign.objects.exists()
