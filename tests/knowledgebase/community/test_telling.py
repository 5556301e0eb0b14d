"""Posts by mail, and answers by mail."""

import pytest

from helpdesk.mail.models import OutboundMail
from helpdesk.mail.states import InboundState
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.community.actions import joining, moderating
from knowledgebase.community.models import Group, Post, Topic
from knowledgebase.community.telling import tell_followers
from tests.cases.mailroom.mails import arrives
from tests.knowledgebase.community.club import NOW, a_group, a_reply, a_topic, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(db: None) -> Group:
    return a_group()


@pytest.fixture
def topic(group: Group, carla: Person, gil: Person) -> Topic:
    """Carla and Gil are members; Carla began, so she follows."""
    member(group, carla)
    member(group, gil)
    return a_topic(group, carla)


def mails() -> list[str]:
    return list(OutboundMail.objects.filter(kind="group_post").values_list("to_address", flat=True))


def reply_address() -> str:
    mail = OutboundMail.objects.filter(kind="group_post").latest("pk")
    return str(mail.headers["Reply-To"])


def test_a_reply_is_mailed_once_to_followers_but_its_author(topic: Topic, gil: Person) -> None:
    a_reply(topic, gil)
    assert [tell_followers(now=NOW) for _ in range(2)] == [1, 0]
    assert mails() == ["carla@acme.example"]


def test_what_was_hidden_meanwhile_is_not_mailed(topic: Topic, gil: Person, ada: Person) -> None:
    moderating.hide(a_reply(topic, gil), by=Actor.of(ada), at=NOW)
    tell_followers(now=NOW)
    assert mails() == []


def test_who_left_a_private_group_gets_no_post(carla: Person, gil: Person) -> None:
    group = a_group("secrets", access="private")
    member(group, carla)
    member(group, gil)
    topic = a_topic(group, carla)
    joining.leave(group, carla, by=Actor.of(carla), at=NOW)
    topic.followings.update(gets_mail=True)
    a_reply(topic, gil)
    tell_followers(now=NOW)
    assert mails() == []


def test_an_answer_by_mail_stands_in_the_group(topic: Topic, gil: Person) -> None:
    a_reply(topic, gil)
    tell_followers(now=NOW)
    mail = arrives(sender="carla@acme.example", to=reply_address(), text="That works, thank you.")
    assert (mail.state, mail.subject_kind) == (InboundState.REPLIED, "topic")
    assert Post.objects.latest("pk").text == "That works, thank you."


def test_an_answer_of_somebody_without_a_part_is_held(topic: Topic, gil: Person) -> None:
    a_reply(topic, gil)
    tell_followers(now=NOW)
    before = Post.objects.count()
    for stranger in ("eve@elsewhere.example", "cem@acme.example"):
        mail = arrives(sender=stranger, to=reply_address(), message_id=f"<1-{stranger}>")
        assert mail.state == InboundState.QUARANTINED
    assert Post.objects.count() == before


def test_a_member_of_ours_is_not_believed_by_mail(topic: Topic, gil: Person, ada: Person) -> None:
    a_reply(topic, gil)
    tell_followers(now=NOW)
    mail = arrives(sender="ada@desk.example", to=reply_address())
    assert mail.state == InboundState.QUARANTINED


def test_an_automatic_answer_is_not_posted(topic: Topic, gil: Person) -> None:
    a_reply(topic, gil)
    tell_followers(now=NOW)
    before = Post.objects.count()
    mail = arrives(sender="carla@acme.example", to=reply_address(), Auto_Submitted="auto-replied")
    assert (mail.state, Post.objects.count()) == (InboundState.AUTOMATIC, before)


def test_an_answer_to_a_locked_topic_is_held(topic: Topic, gil: Person, ada: Person) -> None:
    a_reply(topic, gil)
    tell_followers(now=NOW)
    moderating.lock(topic, is_locked=True, by=Actor.of(ada), at=NOW)
    mail = arrives(sender="carla@acme.example", to=reply_address())
    assert mail.state == InboundState.QUARANTINED
