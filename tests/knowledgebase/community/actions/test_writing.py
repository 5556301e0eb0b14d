"""Posts, who follows them, and what is new."""

import pytest

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.community.actions import moderating, writing
from knowledgebase.community.actions.noting import Refused
from knowledgebase.community.models import Membership, Topic
from knowledgebase.community.portal.reading import with_unread
from tests.knowledgebase.community.club import MINUTE, NOW, a_group, a_reply, a_topic, member

pytestmark = pytest.mark.django_db


def followers(topic: Topic) -> list[str]:
    following = topic.followings.filter(gets_mail=True).order_by("person__username")
    return list(following.values_list("person__username", flat=True))


def test_who_writes_follows(carla: Person, gil: Person) -> None:
    topic = a_topic(a_group(), carla)
    a_reply(topic, gil)
    assert followers(topic) == ["carla", "gil"]


def test_a_member_who_is_mentioned_follows_and_a_stranger_does_not(
    carla: Person, gil: Person, cem: Person
) -> None:
    group = a_group()
    member(group, gil)
    topic = a_topic(group, carla, text="Ask @gil-tran, not @cem-yildiz.")
    assert followers(topic) == ["carla", "gil"]


def test_who_wants_every_topic_follows_a_new_one(carla: Person, gil: Person) -> None:
    group = a_group()
    member(group, gil)
    Membership.objects.filter(person=gil).update(wants_mail=True)
    assert followers(a_topic(group, carla)) == ["carla", "gil"]


def test_who_stopped_the_mails_is_not_started_again(carla: Person, gil: Person) -> None:
    topic = a_topic(a_group(), carla)
    writing.follow(topic, carla, gets_mail=False)
    a_reply(topic, carla)
    assert followers(topic) == []


def test_a_topic_is_new_until_it_is_read_and_again_after_a_reply(
    carla: Person, gil: Person
) -> None:
    topic = a_topic(a_group(), carla)
    seen = []
    writing.read(topic, gil, at=NOW)
    seen.append(with_unread([topic], gil)[0][1])
    a_reply(topic, carla)
    topic.refresh_from_db()
    seen.append(with_unread([topic], gil)[0][1])
    writing.read(topic, gil, at=NOW + 2 * MINUTE)
    seen.append(with_unread([topic], gil)[0][1])
    assert seen == [False, True, False]


def test_what_is_locked_takes_no_reply_but_ours(carla: Person, ada: Person) -> None:
    topic = a_topic(a_group(), carla)
    moderating.lock(topic, is_locked=True, by=Actor.of(ada), at=NOW)
    with pytest.raises(Refused, match="locked"):
        a_reply(topic, carla)
    a_reply(topic, ada)
    assert topic.posts.count() == 2


def test_a_sign_is_put_and_taken_off(carla: Person, gil: Person) -> None:
    post = a_topic(a_group(), carla).posts.get()
    assert [writing.react(post, "thanks", person=gil) for _ in range(3)] == [True, False, True]
    assert post.reactions.count() == 1
