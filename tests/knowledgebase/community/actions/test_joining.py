"""Who gets in, and by which door."""

import pytest

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.community.actions import joining
from knowledgebase.community.models import Group, Membership
from tests.knowledgebase.community.club import NOW, a_group, a_topic, member

pytestmark = pytest.mark.django_db


def joins(group: Group, person: Person) -> Membership:
    return joining.join(group, person, by=Actor.of(person), at=NOW)


def test_an_open_group_is_joined_at_once(carla: Person) -> None:
    assert joins(a_group(), carla).state == "joined"


def test_a_private_group_is_asked_first_and_once(carla: Person, ada: Person) -> None:
    group = a_group(access="private")
    own = joins(group, carla)
    assert own.state == "asked"
    joining.let_in(own, by=Actor.of(ada), at=NOW)
    assert joins(group, carla).state == "joined"
    assert group.memberships.count() == 1


def test_who_was_refused_asks_in_vain_and_is_not_told(carla: Person, ada: Person) -> None:
    group = a_group(access="private")
    joining.refuse(joins(group, carla), by=Actor.of(ada))
    again = joins(group, carla)
    assert (again.state, again.get_state_display()) == ("refused", "You have asked to join")


def test_who_leaves_gets_no_more_mail(carla: Person) -> None:
    group = a_group()
    member(group, carla)
    topic = a_topic(group, carla)
    joining.leave(group, carla, by=Actor.of(carla), at=NOW)
    assert topic.followings.get(person=carla).gets_mail is False


def test_two_of_one_name_have_two_handles(carla: Person, gil: Person) -> None:
    gil.full_name = carla.full_name
    gil.save()
    group = a_group()
    assert [joins(group, one).handle for one in (carla, gil)] == ["carla-rossi", "carla-rossi-2"]


def test_a_handle_never_gives_an_address_away(db: None) -> None:
    nameless = Person.objects.create_user("n@elsewhere.example", "n@elsewhere.example")
    assert joins(a_group(), nameless).handle == "member"
