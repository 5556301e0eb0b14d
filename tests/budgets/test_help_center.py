"""How many statements the pages of the Help Center take: the same for one row and for thirty."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.articles.models import Section
from knowledgebase.training.actions.registering import register
from tests.budgets.test_pages import Browser, statements_afresh, statements_again
from tests.knowledgebase.articles.making import a_section, an_article
from tests.knowledgebase.community.club import a_group, a_reply, a_topic, member
from tests.knowledgebase.notices.board import HOUR, incident, maintenance
from tests.knowledgebase.training.school import an_event, somebody

MANY = 30


def articles(count: int, *, by: Person) -> Section:
    for number in range(count):
        an_article(by, title=f"Connect a receipt printer {number}")
    return a_section(by)


def test_the_shelf_of_articles(client_as: Browser, lea: Person, carla: Person) -> None:
    browser = client_as(carla)
    section = articles(1, by=lea)
    before = [
        statements_afresh(browser, one) for one in ("/help/", f"/help/sections/{section.pk}/")
    ]
    articles(MANY, by=lea)
    after = [statements_afresh(browser, one) for one in ("/help/", f"/help/sections/{section.pk}/")]
    assert (before, after) == ([7, 8], [7, 8])


def test_an_article_with_thirty_beside_it(client_as: Browser, lea: Person, carla: Person) -> None:
    browser = client_as(carla)
    article = an_article(lea)
    articles(1, by=lea)
    address = f"/help/{article.pk}-{article.translations.get().slug}/"
    before = statements_again(browser, address)
    articles(MANY, by=lea)
    assert (before, statements_again(browser, address)) == (8, 8)


def test_a_search(client_as: Browser, lea: Person, carla: Person) -> None:
    browser = client_as(carla)
    articles(1, by=lea)
    before = statements_afresh(browser, "/search/?q=receipt")
    articles(MANY, by=lea)
    assert (before, statements_afresh(browser, "/search/?q=receipt")) == (14, 14)


def test_suggestions_while_typing(client_as: Browser, lea: Person, carla: Person) -> None:
    browser = client_as(carla)
    articles(1, by=lea)
    before = statements_afresh(browser, "/search/suggestions/?q=rece")
    articles(MANY, by=lea)
    assert (before, statements_afresh(browser, "/search/suggestions/?q=rece")) == (11, 11)


def test_the_list_of_groups(client_as: Browser, carla: Person) -> None:
    browser = client_as(carla)
    member(a_group("first"), carla)
    before = statements_afresh(browser, "/groups/")
    for number in range(MANY):
        member(a_group(f"group-{number}"), carla)
    assert (before, statements_afresh(browser, "/groups/")) == (7, 7)


def test_a_group_with_thirty_topics(client_as: Browser, carla: Person, gil: Person) -> None:
    browser, group = client_as(carla), a_group()
    member(group, carla)
    member(group, gil)
    a_topic(group, gil)
    before = statements_afresh(browser, "/groups/reports/")
    for _ in range(MANY):
        a_topic(group, gil)
    assert (before, statements_afresh(browser, "/groups/reports/")) == (10, 10)


def test_a_topic_with_twenty_replies(client_as: Browser, carla: Person, gil: Person) -> None:
    """Four of them note how far the reader has read, on the last page of a topic."""
    browser, group = client_as(carla), a_group()
    member(group, carla)
    member(group, gil)
    topic = a_topic(group, gil)
    a_reply(topic, gil)
    address = f"/groups/reports/{topic.pk}/"
    before = statements_again(browser, address)
    for _ in range(20):
        a_reply(topic, gil)
    assert (before, statements_again(browser, address)) == (14, 14)


@pytest.mark.parametrize(("page", "count"), [("", 6), ("month/", 5)])
def test_the_training_calendar(page: str, count: int, client_as: Browser, carla: Person) -> None:
    browser, now = client_as(carla), datetime.now(UTC)
    register(an_event(at=now), carla, by=Actor.of(carla), at=now)
    before = statements_afresh(browser, f"/training/{page}")
    for _ in range(MANY):
        register(an_event(at=now), carla, by=Actor.of(carla), at=now)
    assert (before, statements_afresh(browser, f"/training/{page}")) == (count, count)


def test_a_training_that_thirty_wait_for(client_as: Browser, carla: Person) -> None:
    browser, now = client_as(carla), datetime.now(UTC)
    event = an_event(at=now)
    register(event, carla, by=Actor.of(carla), at=now)
    address = f"/training/{event.pk}/"
    before = statements_afresh(browser, address)
    for person in map(somebody, range(MANY)):
        register(event, person, by=Actor.of(person), at=now)
    assert (before, statements_afresh(browser, address)) == (7, 7)


@pytest.mark.parametrize(("page", "count"), [("", 5), ("history/", 6)])
def test_the_status_page(page: str, count: int, client: Client, db: None) -> None:
    now = datetime.now(UTC)
    maintenance(at=now)
    incident(at=now)
    before = statements_afresh(client, f"/status/{page}")
    for number in range(MANY):
        maintenance(
            at=now,
            title=f"Upgrade {number}",
            starts_at=now + timedelta(days=number + 1),
            ends_at=now + timedelta(days=number + 1) + HOUR,
        )
        incident(at=now - HOUR, title=f"Slow {number}")
    assert (before, statements_afresh(client, f"/status/{page}")) == (count, count)
