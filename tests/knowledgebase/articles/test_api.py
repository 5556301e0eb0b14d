"""Articles in the API: whoever may not read one is not told of it."""

from collections.abc import Callable

import pytest

from helpdesk.people.models import Person
from knowledgebase.articles.models import Article, Visibility
from tests.helpdesk.api.calling import Caller, caller_for
from tests.knowledgebase.articles.making import TITLE, a_draft, an_article

ADDRESSES = ("articles/", "articles/search/?q=receipt+printer", "articles/{}/")
OURS = ("ada", "ben", "lea", "root")
CLIENTS = ("carla", "cem", "gil", "ivy")


@pytest.fixture
def calling(request: pytest.FixtureRequest) -> Callable[[str], Caller]:
    return lambda name: caller_for(request.getfixturevalue(name))


@pytest.mark.parametrize("who", OURS + CLIENTS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_with_a_token_is_told_what_everybody_may_read(
    address: str, who: str, lea: Person, calling: Callable[[str], Caller]
) -> None:
    article = an_article(lea)
    answer = calling(who).get(address.format(article.pk))
    assert answer.status_code == 200
    assert TITLE in answer.text


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_client_is_not_told_of_what_agents_alone_read(
    address: str, who: str, lea: Person, calling: Callable[[str], Caller]
) -> None:
    article = an_article(lea, visibility=Visibility.AGENTS)
    assert TITLE not in calling(who).get(address.format(article.pk)).text


@pytest.mark.parametrize("who", OURS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_is_told_of_a_draft(
    address: str, who: str, lea: Person, calling: Callable[[str], Caller]
) -> None:
    draft = a_draft(lea)
    assert TITLE not in calling(who).get(address.format(draft.pk)).text


def test_an_article_has_its_markdown_and_its_plain_text(ada: Person, lea: Person) -> None:
    article: Article = an_article(lea, source="## Network\n\nType **9100**.\n")
    told = caller_for(ada).get(f"articles/{article.pk}/").json()
    assert (told["markdown"], told["plain"]) == (
        "## Network\n\nType **9100**.\n",
        "Network\nType 9100.",
    )


def test_a_field_that_is_not_known_is_refused(ada: Person) -> None:
    assert caller_for(ada).get("articles/?colour=red").status_code == 400
