"""The access table of the articles: every page × each visibility × everybody."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from helpdesk.finding.finding import Search
from helpdesk.pages.finding.finders import FINDERS
from helpdesk.people.models import Organisation, Person
from knowledgebase.articles.models import Article, Feedback, OrganisationGroup, Visibility
from knowledgebase.articles.searching.finder import ARTICLES
from knowledgebase.articles.searching.likely import likely_answers
from tests.knowledgebase.articles.making import TITLE, a_draft, an_article, text_of

NOBODY = ("nobody",)
OURS = ("ada", "ben", "lea", "root")
ACME = ("carla", "cem", "ivy")
OTHERS = ("gil",)
EVERYBODY = NOBODY + OURS + ACME + OTHERS
READERS = {
    Visibility.PUBLIC: EVERYBODY,
    Visibility.SIGNED_IN: OURS + ACME + OTHERS,
    Visibility.GROUP: OURS + ACME,
    Visibility.AGENTS: OURS,
}
TABLE = [(who, visibility) for visibility in READERS for who in EVERYBODY]
NAMES = {
    "home",
    "likely",
    "file",
    "section",
    "feedback",
    "article-by-number",
    "article",
}


@pytest.fixture
def browser_of(
    request: pytest.FixtureRequest, client_as: Callable[[Person], Client], client: Client
) -> Callable[[str], Client]:
    def browser(who: str) -> Client:
        return client if who == "nobody" else client_as(request.getfixturevalue(who))

    return browser


@pytest.fixture
def article_for(lea: Person, acme: Organisation) -> Callable[[str], Article]:
    def article(visibility: str) -> Article:
        group = None
        if visibility == Visibility.GROUP:
            group = OrganisationGroup.objects.create(name="Pilot")
            group.organisations.add(acme)
        return an_article(lea, visibility=visibility, group=group)

    return article


def test_the_table_knows_every_address() -> None:
    _, resolver = get_resolver().namespace_dict["articles"]
    assert {name for name in resolver.reverse_dict if isinstance(name, str)} == NAMES


@pytest.mark.parametrize(("who", "visibility"), TABLE)
def test_an_article_is_read_by_its_readers_and_not_there_for_others(
    who: str,
    visibility: str,
    article_for: Callable[[str], Article],
    browser_of: Callable[[str], Client],
) -> None:
    article = article_for(visibility)
    address = reverse("articles:article", args=[article.pk, text_of(article).slug])
    expected = 200 if who in READERS[Visibility(visibility)] else 404
    assert browser_of(who).get(address).status_code == expected


@pytest.mark.parametrize(("who", "visibility"), TABLE)
@pytest.mark.parametrize("address", ["/help/", "/search/?q=receipt+printer", "/help/sections/{}/"])
def test_a_hidden_article_is_not_listed_and_not_found(
    address: str,
    who: str,
    visibility: str,
    article_for: Callable[[str], Article],
    browser_of: Callable[[str], Client],
) -> None:
    article = article_for(visibility)
    shown = browser_of(who).get(address.format(article.section_id)).text
    assert (TITLE in shown) is (who in READERS[Visibility(visibility)])


@pytest.mark.parametrize(("who", "visibility"), TABLE)
@pytest.mark.parametrize(
    "address", ["/search/suggestions/?q=rece", "/help/likely/?subject=connect+receipt+printer"]
)
def test_a_hidden_article_is_not_suggested(
    address: str,
    who: str,
    visibility: str,
    article_for: Callable[[str], Article],
    browser_of: Callable[[str], Client],
) -> None:
    article_for(visibility)
    shown = browser_of(who).get(address).text
    assert (TITLE in shown) is (who in READERS[Visibility(visibility)])


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_draft_is_shown_and_found_by_nobody(
    who: str, lea: Person, browser_of: Callable[[str], Client]
) -> None:
    draft = a_draft(lea)
    browser = browser_of(who)
    assert browser.get(f"/help/{draft.pk}/").status_code == 404
    assert TITLE not in browser.get("/search/?q=receipt+printer").text


@pytest.mark.parametrize("who", NOBODY + OTHERS)
def test_nobody_says_anything_about_an_article_that_is_hidden_from_them(
    who: str, article_for: Callable[[str], Article], browser_of: Callable[[str], Client]
) -> None:
    article = article_for(Visibility.GROUP)
    answer = browser_of(who).post(
        reverse("articles:feedback", args=[article.pk]), {"helped": "yes"}
    )
    assert (answer.status_code, Feedback.objects.count()) == (404, 0)


@pytest.mark.parametrize(("visibility", "count"), [(Visibility.PUBLIC, 1), (Visibility.AGENTS, 0)])
def test_a_section_counts_only_what_its_reader_may_read(
    visibility: str, count: int, article_for: Callable[[str], Article], client: Client
) -> None:
    article_for(visibility)
    assert client.get("/help/").text.count("1 article") == count


def test_a_word_that_stands_only_in_a_hidden_article_finds_nothing(
    lea: Person, gil: Person
) -> None:
    an_article(lea, title="Zanzibar rollout", visibility=Visibility.AGENTS)
    assert ARTICLES.find(Search("zanzibar", gil, most=5)) == []
    assert ARTICLES.find(Search("zanz", gil, most=5, is_typing=True)) == []
    assert likely_answers("zanzibar rollout", reader=gil) == []


def test_somebody_unknown_finds_no_cases(client: Client, db: None) -> None:
    kinds = [finder.kind for finder in FINDERS]
    assert kinds[:2] == ["articles", "cases"]
    assert "Your cases</h2>" not in client.get("/search/?q=report").text
