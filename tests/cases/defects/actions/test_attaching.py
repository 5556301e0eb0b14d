"""Attaching cases, and taking them off."""

import pytest

from cases.actions.refusing import Refused
from cases.defects.actions import attaching
from cases.defects.campaigns.models import AskedCase, Recipient
from cases.defects.lifecycle import Move
from cases.defects.models import Link
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.defects.desk import a_defect, moved, news_of, released, sent

pytestmark = pytest.mark.django_db


def test_attaching_is_noted_on_the_defect_and_on_the_case(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    defect = a_defect(ada, case)
    defect.refresh_from_db()
    assert defect.case_count == 1
    assert news_of("defect", defect.pk)[-1] == "defect.attached"
    assert news_of("case", case.pk)[-1] == "case.defect_attached"


def test_attaching_twice_is_once(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    defect = a_defect(ada, case)
    before = news_of("case", case.pk)
    assert attaching.attach(defect, [case], by=Actor.of(ada)) == []
    defect.refresh_from_db()
    assert (defect.case_count, news_of("case", case.pk)) == (1, before)


def test_a_client_attaches_nothing(ada: Person, carla: Person) -> None:
    case, defect = a_case(carla), a_defect(ada)
    with pytest.raises(Refused):
        attaching.attach(defect, [case], by=Actor.of(carla))
    assert not Link.objects.exists()


def test_detaching_is_noted_on_both_with_the_reason(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    defect = a_defect(ada, case)
    assert attaching.detach(defect, case, by=Actor.of(ada), reason="Another cause.")
    defect.refresh_from_db()
    assert defect.case_count == 0
    assert news_of("defect", defect.pk)[-1] == "defect.detached"
    assert news_of("case", case.pk)[-1] == "case.defect_detached"


def test_detaching_what_is_not_attached_notes_nothing(ada: Person, carla: Person) -> None:
    case, defect = a_case(carla), a_defect(ada)
    assert not attaching.detach(defect, case, by=Actor.of(ada))
    assert news_of("defect", defect.pk) == ["defect.logged"]


def test_a_case_attached_while_a_campaign_waits_is_in_it(
    ada: Person, carla: Person, gil: Person
) -> None:
    defect = moved(a_defect(ada, a_case(carla)), Move.SCHEDULE, by=ada)
    attaching.attach(defect, [a_case(gil)], by=Actor.of(ada))
    assert {one.person for one in defect.campaigns.get().recipients.all()} == {carla, gil}


def test_a_case_attached_after_the_mails_left_gets_a_campaign_of_its_own(
    ada: Person, carla: Person, gil: Person
) -> None:
    defect = a_defect(ada, a_case(carla))
    sent(released(defect, by=ada))
    attaching.attach(defect, [a_case(gil)], by=Actor.of(ada))
    assert [one.person for one in defect.campaigns.latest("pk").recipients.all()] == [gil]


def test_a_case_detached_and_attached_again_is_told_once(ada: Person, carla: Person) -> None:
    case = a_case(carla)
    defect = a_defect(ada, case)
    sent(released(defect, by=ada))
    attaching.detach(defect, case, by=Actor.of(ada))
    attaching.attach(defect, [case], by=Actor.of(ada))
    assert defect.campaigns.count() == 1


def test_a_case_detached_while_the_campaign_waits_is_not_told(ada: Person, carla: Person) -> None:
    first, second = a_case(carla), a_case(carla)
    defect = moved(a_defect(ada, first, second), Move.SCHEDULE, by=ada)
    attaching.detach(defect, first, by=Actor.of(ada))
    assert Recipient.objects.get().case_ids == [second.pk]
    assert AskedCase.objects.get().case == second
