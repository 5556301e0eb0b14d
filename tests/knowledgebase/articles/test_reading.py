"""The pages of readers: addresses, languages, opinions, caching, files, statements."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.articles.actions import writing
from knowledgebase.articles.actions.enclosing import enclose
from knowledgebase.articles.actions.writing import Writing
from knowledgebase.articles.models import (
    Article,
    Feedback,
    FruitlessSearch,
    Offer,
    Visibility,
)
from tests.knowledgebase.articles.making import a_draft, an_article, publish, text_of

GERMAN = Writing("Bondrucker anschließen", "Einschalten.")


def address_of(article: Article) -> str:
    return reverse("articles:article", args=[article.pk, text_of(article).slug])


@pytest.fixture
def article(lea: Person) -> Article:
    return an_article(lea)


@pytest.mark.parametrize("address", ["/help/{}/", "/help/{}-an-old-title/"])
def test_an_old_title_leads_to_the_present_one(
    address: str, article: Article, client: Client
) -> None:
    answer = client.get(address.format(article.pk))
    assert (answer.status_code, answer["Location"]) == (301, address_of(article))


def test_after_a_new_title_the_old_address_goes_on_to_work(
    article: Article, lea: Person, client: Client
) -> None:
    before = address_of(article)
    writing.save(article, Writing("Other", "New."), language="en", by=Actor.of(lea))
    publish(article, by=lea)
    assert client.get(before)["Location"] == f"/help/{article.pk}-other/"


@pytest.mark.parametrize(
    ("wish", "title"),
    [("de-AT,en;q=0.5", "Bondrucker"), ("fr", "receipt printer"), ("", "receipt printer")],
)
def test_a_reader_gets_their_language_or_else_english(
    wish: str, title: str, article: Article, lea: Person, client: Client
) -> None:
    writing.save(article, GERMAN, language="de", by=Actor.of(lea))
    publish(article, by=lea, language="de")
    page = client.get(f"/help/{article.pk}/", headers={"Accept-Language": wish}, follow=True)
    assert title in page.text.split("<h1")[1].split("</h1>")[0]


def test_a_translation_that_nobody_published_is_not_shown(
    article: Article, lea: Person, client: Client
) -> None:
    writing.save(article, GERMAN, language="de", by=Actor.of(lea))
    assert "Bondrucker" not in client.get(f"{address_of(article)}?lang=de").text


def test_a_reader_says_once_that_it_did_not_help_and_why(
    article: Article, carla: Person, client_as: Callable[[Person], Client]
) -> None:
    browser, address = client_as(carla), reverse("articles:feedback", args=[article.pk])
    said = {"helped": "no", "reason": "unclear", "words": "Which cable?"}
    browser.post(address, said)
    browser.post(address, {"helped": "yes"})
    kept = Feedback.objects.get()
    assert (kept.was_helpful, kept.reason, kept.words) == (False, "unclear", "Which cable?")
    assert "You said that this did not help" in browser.get(address_of(article)).text


def test_somebody_unknown_has_one_opinion_a_session(article: Article, client: Client) -> None:
    address = reverse("articles:feedback", args=[article.pk])
    client.post(address, {"helped": "yes"})
    client.post(address, {"helped": "yes"})
    article.refresh_from_db()
    assert article.yes_count == 1


def test_a_browser_that_has_the_page_does_not_get_it_again(
    article: Article, client: Client
) -> None:
    first = client.get(address_of(article))
    again = client.get(address_of(article), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "private, no-cache"


def test_a_page_that_changed_is_sent_anew(article: Article, lea: Person, client: Client) -> None:
    first = client.get(address_of(article))
    writing.save(article, Writing(text_of(article).title, "New."), language="en", by=Actor.of(lea))
    publish(article, by=lea)
    again = client.get(address_of(article), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_an_offer_that_is_opened_is_noted(
    article: Article, carla: Person, client_as: Callable[[Person], Client]
) -> None:
    browser = client_as(carla)
    browser.get("/help/likely/?subject=connect+receipt+printer")
    browser.get(f"{address_of(article)}?offered=1")
    offer = Offer.objects.get()
    assert (offer.person, offer.article, offer.opened_at is None) == (carla, article, False)


def test_words_that_find_nothing_are_kept_for_the_editors(article: Article, client: Client) -> None:
    client.get("/search/?q=pancakes")
    client.get("/search/?q=receipt")
    assert list(FruitlessSearch.objects.values_list("words", flat=True)) == ["pancakes"]


@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 404), ("gil", 404), ("ada", 200), ("lea", 200)]
)
def test_a_file_is_handed_to_whoever_may_read_its_article(
    who: str,
    status: int,
    lea: Person,
    client: Client,
    client_as: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    hidden = an_article(lea, visibility=Visibility.AGENTS)
    kept = enclose(hidden, b"words", filename="a.txt", by=Actor.of(lea))
    browser = client if who == "nobody" else client_as(request.getfixturevalue(who))
    assert browser.get(reverse("articles:file", args=[kept.public_id])).status_code == status


def test_a_file_of_a_draft_is_not_there_for_clients(
    lea: Person, carla: Person, client_as: Callable[[Person], Client]
) -> None:
    kept = enclose(a_draft(lea), b"words", filename="a.txt", by=Actor.of(lea))
    address = reverse("articles:file", args=[kept.public_id])
    assert client_as(carla).get(address).status_code == 404
