"""Cases and articles: what an answer linked, a draft without the client's data, links to offer."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.citing.drafting import article_source
from cases.citing.models import Citation
from cases.citing.noting import note_case_after_offers, note_citations
from helpdesk.journal.models import Entry
from helpdesk.people.models import Person
from knowledgebase.articles.actions import offering
from knowledgebase.articles.models import Article, Offer, Visibility
from tests.builders import a_case, a_message, a_note
from tests.knowledgebase.articles.making import TITLE, a_section, an_article


def entry_of(kind: str) -> Entry:
    return Entry.objects.filter(kind=kind).latest("pk")


def link_to(article: Article) -> str:
    return f"{settings.SITE_URL}/help/{article.pk}-connect-a-receipt-printer/"


def test_an_article_that_an_answer_links_is_noted_once_a_case(
    lea: Person, carla: Person, client_as: Callable[[Person], Client]
) -> None:
    article, case = an_article(lea), a_case(carla)
    for _ in range(2):
        a_message(case, by=lea, text=f"Look here: {link_to(article)}")
        note_citations(entry_of("case.replied"))
    assert list(Citation.objects.values_list("case", "article")) == [(case.pk, article.pk)]
    page = client_as(lea).get(reverse("console:article-cases", args=[article.pk]))
    assert case.shown_number in page.text


def test_what_an_internal_note_links_is_not_noted(lea: Person, carla: Person) -> None:
    article, case = an_article(lea), a_case(carla)
    a_note(case, by=lea, text=link_to(article))
    note_citations(entry_of("case.noted"))
    assert not Citation.objects.exists()


def test_a_number_that_is_no_article_is_left_out(lea: Person, carla: Person) -> None:
    a_message(a_case(carla), by=lea, text=f"{settings.SITE_URL}/help/99999999-gone/")
    note_citations(entry_of("case.replied"))
    assert not Citation.objects.exists()


def test_a_case_after_an_offer_is_noted_with_the_offer(lea: Person, carla: Person) -> None:
    offering.offer([an_article(lea).pk], to=carla, now=timezone.now())
    case = a_case(carla)
    note_case_after_offers(entry_of("case.opened"))
    assert Offer.objects.get().case_at == case.created_at


def test_a_draft_from_a_case_has_no_data_of_the_client(
    lea: Person, carla: Person, client_as: Callable[[Person], Client]
) -> None:
    a_section(lea)
    details = "I am Carla Rossi of Acme, carla@acme.example, call 0412 345 678. It is empty."
    case = a_case(carla, details=details)
    client_as(lea).post(reverse("console:draft-article", args=[case.number]))
    article = Article.objects.get()
    latest = article.translations.get().latest
    assert latest is not None
    assert "I am [name] of [name], [address], call [number]. It is empty." in latest.source
    assert (article.state, article.visibility) == ("draft", Visibility.AGENTS)


def test_internal_notes_stay_out_of_a_draft(
    lea: Person, carla: Person, client_as: Callable[[Person], Client]
) -> None:
    a_section(lea)
    case = a_case(carla)
    a_note(case, by=lea, text="They never pay in time.")
    client_as(lea).post(reverse("console:draft-article", args=[case.number]))
    latest = Article.objects.get().translations.get().latest
    assert latest is not None
    assert "never pay" not in latest.source


def test_question_and_answer_are_told_apart() -> None:
    source = article_source(
        [(False, "Why?"), (True, "# Because"), (False, "Thanks.")], names=[], kept_links=""
    )
    assert source == (
        "## The question\n\nWhy?\n\n## The answer\n\n\\# Because\n\n## What came next\n\nThanks.\n"
    )


@pytest.mark.parametrize(("visibility", "is_offered"), [("public", True), ("agents", False)])
def test_an_agent_links_only_what_the_client_may_read(
    visibility: str,
    is_offered: bool,
    lea: Person,
    carla: Person,
    client_as: Callable[[Person], Client],
) -> None:
    an_article(lea, visibility=visibility)
    address = reverse("console:article-links", args=[a_case(carla).number])
    assert (TITLE in client_as(lea).get(f"{address}?q=rece").text) is is_offered
