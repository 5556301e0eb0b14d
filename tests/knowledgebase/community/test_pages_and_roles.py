"""The access table: every page of the groups × everybody × open, private and secret."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from helpdesk.calendars.models import Region
from helpdesk.people.models import Person
from knowledgebase.community.models import Group, Membership, Post, Reaction, Report, Topic
from knowledgebase.community.presenting import choose
from tests.cases.test_pages_and_roles import browser_of
from tests.knowledgebase.community.club import a_group, a_topic, member

__all__ = ["browser_of"]
pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]

OURS = ("ada", "ben", "lea", "root")
# Carla is a member; the others are not.
OTHERS = ("cem", "gil", "ivy")
LISTS = {"list", "presentation", "reports"}
OF_GROUP = {"group", "membership", "asking", "begin"}
OF_TOPIC = {"topic", "reply", "following", "solution", "move", "moderation"}
OF_POST = {"reaction", "report", "visibility", "file"}
FOR_OURS = {"reports", "asking", "moderation", "visibility"}
FORM = {"text": "Hello", "title": "Hello", "sign": "thanks", "reason": "Spam", "shows": "name"}


@pytest.fixture
def topic(carla: Person) -> Topic:
    group = a_group(access="private")
    member(group, carla)
    return a_topic(group, carla)


def address(page: str, topic: Topic) -> str:
    args: list[Any] = []
    if page in OF_GROUP:
        args = [topic.group.slug]
    if page in OF_TOPIC:
        args = [topic.group.slug, topic.pk]
    if page in OF_POST:
        args = [topic.posts.get().pk]
    if page == "file":
        args.append("x" * 32)
    return reverse(f"groups:{page}", args=args)


def rows_now() -> tuple[Any, ...]:
    return (
        list(Topic.objects.values_list("is_locked", "is_hidden", "solution", "move_asked_at")),
        list(Post.objects.values_list("text", "is_hidden")),
        Membership.objects.count(),
        Reaction.objects.count(),
        Report.objects.count(),
    )


def test_the_table_knows_every_address() -> None:
    _, resolver = get_resolver().namespace_dict["groups"]
    names = {name for name in resolver.reverse_dict if isinstance(name, str)}
    assert names == LISTS | OF_GROUP | OF_TOPIC | OF_POST


@pytest.mark.parametrize("page", sorted(LISTS | OF_GROUP | OF_TOPIC | OF_POST))
def test_nobody_is_sent_to_sign_in(page: str, topic: Topic, client: Client) -> None:
    before = rows_now()
    for answer in (client.get(address(page, topic)), client.post(address(page, topic), FORM)):
        assert answer.status_code in {302, 405}
    assert rows_now() == before
    assert client.post(address("reply", topic), FORM)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("page", sorted(OF_TOPIC | OF_POST | {"begin"}))
def test_who_is_not_in_a_private_group_finds_nothing_behind_its_door(
    page: str, who: str, topic: Topic, browser_of: Browser
) -> None:
    before = rows_now()
    answer = browser_of(who).post(address(page, topic), FORM)
    assert answer.status_code in {404, 405}
    assert rows_now() == before
    assert topic.title not in answer.text


@pytest.mark.parametrize("who", OTHERS)
def test_who_is_not_in_it_sees_the_door_and_no_topic(
    who: str, topic: Topic, browser_of: Browser
) -> None:
    page = browser_of(who).get(address("group", topic))
    assert (page.status_code, "This group is private" in page.text) == (200, True)
    assert topic.title not in page.text


@pytest.mark.parametrize("who", OTHERS)
def test_a_secret_group_is_not_there_for_others(
    who: str, topic: Topic, browser_of: Browser
) -> None:
    Group.objects.update(access="secret")
    browser = browser_of(who)
    assert browser.get(address("group", topic)).status_code == 404
    assert browser.post(address("membership", topic)).status_code == 404
    assert "Reports" not in browser.get(address("list", topic)).text.partition("<main")[2]


def test_a_group_of_another_region_is_not_there(carla: Person, browser_of: Browser) -> None:
    elsewhere = Region.objects.create(
        code="nz", name="New Zealand", country="NZ", time_zone="Pacific/Auckland"
    )
    a_group(regions=[elsewhere])
    assert browser_of("carla").get("/groups/reports/").status_code == 404
    assert browser_of("ada").get("/groups/reports/").status_code == 200


@pytest.mark.parametrize("page", ["list", "group", "topic", "begin"])
@pytest.mark.parametrize("who", ["carla", *OURS])
def test_members_and_ours_read(page: str, who: str, topic: Topic, browser_of: Browser) -> None:
    assert browser_of(who).get(address(page, topic)).status_code == 200


@pytest.mark.parametrize("page", sorted(FOR_OURS))
@pytest.mark.parametrize("who", ["carla", *OTHERS])
def test_no_client_moderates(page: str, who: str, topic: Topic, browser_of: Browser) -> None:
    before = rows_now()
    answer = browser_of(who).post(address(page, topic), FORM)
    assert (answer.status_code, rows_now()) == (404, before)


@pytest.mark.parametrize("who", OURS)
def test_ours_moderate(who: str, topic: Topic, browser_of: Browser) -> None:
    browser = browser_of(who)
    assert browser.get(address("reports", topic)).status_code == 200
    assert browser.get(address("asking", topic)).status_code == 200
    browser.post(address("moderation", topic), {})
    browser.post(address("visibility", topic), {})
    assert list(Topic.objects.values_list("is_locked", "is_hidden")) == [(True, True)]


def test_a_member_replies_reacts_and_reports(
    topic: Topic, cem: Person, browser_of: Browser
) -> None:
    member(topic.group, cem)
    browser = browser_of("cem")
    for page in ("reaction", "report", "following", "reply"):
        assert browser.post(address(page, topic), FORM).status_code == 302
    assert (topic.posts.count(), Reaction.objects.count(), Report.objects.count()) == (2, 1, 1)


def test_only_who_asked_marks_the_answer(topic: Topic, cem: Person, browser_of: Browser) -> None:
    member(topic.group, cem)
    form = {"post": topic.posts.get().pk}
    assert browser_of("cem").post(address("solution", topic), form).status_code == 404
    browser_of("carla").post(address("solution", topic), form)
    topic.refresh_from_db()
    assert topic.is_solved


def test_nobody_reports_their_own_post(topic: Topic, browser_of: Browser) -> None:
    assert browser_of("carla").post(address("report", topic), FORM).status_code == 404


@pytest.mark.parametrize(
    ("shows", "is_region", "is_name"),
    [("nothing", False, False), ("region", True, False), ("name", False, True)],
)
def test_members_read_of_each_other_what_each_chose(
    shows: str,
    is_region: bool,
    is_name: bool,
    topic: Topic,
    carla: Person,
    gil: Person,
    browser_of: Browser,
) -> None:
    member(topic.group, gil)
    choose(carla, shows)
    told = browser_of("gil").get(address("topic", topic)).text.partition("<main")[2]
    assert ("Victoria" in told, "Acme" in told) == (is_region, is_name)


def test_what_was_typed_survives_an_error(topic: Topic, browser_of: Browser) -> None:
    answer = browser_of("carla").post(address("begin", topic), {"text": "Only words."})
    assert answer.status_code == 422
    assert "Only words." in answer.text


def test_a_page_of_a_topic_costs_the_same_for_one_post_and_for_twenty(
    topic: Topic, carla: Person, browser_of: Browser, django_assert_num_queries: Any
) -> None:
    browser = browser_of("carla")
    browser.get(address("topic", topic))
    with django_assert_num_queries(14):
        browser.get(address("topic", topic))
    for number in range(20):
        Post.objects.create(
            topic=topic, author=carla, author_label="Carla", text=f"{number}", at=topic.updated_at
        )
    with django_assert_num_queries(14):
        browser.get(address("topic", topic))
