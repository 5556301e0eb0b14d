"""Two defects that are one."""

import pytest

from cases.actions.refusing import Refused
from cases.defects.actions import following, merging
from cases.defects.actions.refusing import DefectChanged
from cases.defects.lifecycle import Move
from cases.defects.models import Defect
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.defects.desk import a_defect, moved, news_of

pytestmark = pytest.mark.django_db


def cases_of(defect: Defect) -> set[int]:
    return set(defect.links.values_list("case_id", flat=True))


def test_cases_and_followers_go_over(ada: Person, carla: Person, gil: Person) -> None:
    shared, own = a_case(carla), a_case(gil)
    ended, kept = a_defect(ada, shared, own), a_defect(ada, shared)
    following.follow(ended, by=gil)
    merging.merge(ended, into=kept, by=Actor.of(ada))
    ended.refresh_from_db()
    kept.refresh_from_db()
    assert (ended.state, ended.merged_into, ended.case_count) == ("declined", kept, 0)
    assert (cases_of(kept), kept.case_count) == ({shared.pk, own.pk}, 2)
    assert kept.followers.get().person == gil


def test_a_merger_is_noted_on_both(ada: Person) -> None:
    ended, kept = a_defect(ada), a_defect(ada)
    merging.merge(ended, into=kept, by=Actor.of(ada))
    assert news_of("defect", ended.pk)[-1] == "defect.merged"
    assert news_of("defect", kept.pk)[-1] == "defect.took_in"


def test_cases_that_come_to_a_planned_fix_are_told_of_it(
    ada: Person, carla: Person, gil: Person
) -> None:
    kept = moved(a_defect(ada, a_case(carla)), Move.SCHEDULE, by=ada)
    merging.merge(a_defect(ada, a_case(gil)), into=kept, by=Actor.of(ada))
    assert {one.person for one in kept.campaigns.get().recipients.all()} == {carla, gil}


def test_a_defect_is_not_merged_into_itself_nor_into_a_merged_one(ada: Person) -> None:
    first, second, third = a_defect(ada), a_defect(ada), a_defect(ada)
    with pytest.raises(Refused, match="into itself"):
        merging.merge(first, into=first, by=Actor.of(ada))
    merging.merge(first, into=second, by=Actor.of(ada))
    with pytest.raises(Refused, match="itself merged"):
        merging.merge(third, into=first, by=Actor.of(ada))


def test_a_merger_on_an_old_version_changes_nothing(ada: Person) -> None:
    ended, kept = moved(a_defect(ada), Move.CONFIRM, by=ada), a_defect(ada)
    with pytest.raises(DefectChanged):
        merging.merge(ended, into=kept, by=Actor.of(ada), seen_version=1)
    assert Defect.objects.get(pk=ended.pk).state == "confirmed"
