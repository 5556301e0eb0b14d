"""What ours may do, and what only an author may agree to."""

import pytest

from cases.adopting import adopt_topic
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.community.actions import moderating
from knowledgebase.community.actions.noting import Refused
from knowledgebase.community.models import Post, Topic
from tests.knowledgebase.community.club import NOW, a_group, a_reply, a_topic

pytestmark = pytest.mark.django_db


def test_a_post_is_reported_once_a_person(carla: Person, gil: Person) -> None:
    post = a_topic(a_group(), carla).posts.get()
    for _ in range(2):
        moderating.report(post, person=gil, reason="Spam", at=NOW)
    assert post.reports.count() == 1


def test_a_hidden_post_is_gone_for_clients_and_its_report_settled(
    carla: Person, gil: Person, ada: Person
) -> None:
    topic = a_topic(a_group(), carla)
    post = a_reply(topic, carla)
    moderating.report(post, person=gil, reason="Spam", at=NOW)
    moderating.hide(post, by=Actor.of(ada), at=NOW)
    assert Post.objects.visible_to(gil).count() == 1
    assert Post.objects.visible_to(ada).count() == 2
    assert post.reports.get().decided_by == "Ada Lovelace"


def test_with_the_first_post_goes_the_topic_and_comes_back(
    carla: Person, gil: Person, ada: Person
) -> None:
    post = a_topic(a_group(), carla).posts.get()
    moderating.hide(post, by=Actor.of(ada), at=NOW)
    assert not Topic.objects.visible_to(gil).exists()
    moderating.show(post, by=Actor.of(ada), at=NOW)
    assert Topic.objects.visible_to(gil).exists()


def test_a_topic_becomes_a_case_only_when_its_author_agrees(carla: Person, ada: Person) -> None:
    topic = a_topic(a_group(), carla)
    moderating.ask_to_move(topic, by=Actor.of(ada), at=NOW)
    assert not Case.objects.exists()
    moderating.agree_to_move(topic, author=carla, at=NOW)
    adopt_topic(Entry.objects.get(kind="topic.move_agreed"))
    case = Case.objects.get()
    assert (case.client, case.subject) == (carla, "Totals by month")
    topic.refresh_from_db()
    assert topic.is_locked


def test_nobody_but_the_author_agrees(carla: Person, gil: Person, ada: Person) -> None:
    topic = a_topic(a_group(), carla)
    moderating.ask_to_move(topic, by=Actor.of(ada), at=NOW)
    with pytest.raises(Refused, match="Nothing was changed"):
        moderating.agree_to_move(topic, author=gil, at=NOW)


def test_nobody_agrees_to_what_nobody_asked(carla: Person) -> None:
    topic = a_topic(a_group(), carla)
    with pytest.raises(Refused, match="Nothing was changed"):
        moderating.agree_to_move(topic, author=carla, at=NOW)


def test_a_topic_of_ours_cannot_become_a_case(ada: Person) -> None:
    topic = a_topic(a_group(), ada)
    with pytest.raises(Refused, match="Only the topic of a client"):
        moderating.ask_to_move(topic, by=Actor.of(ada), at=NOW)
