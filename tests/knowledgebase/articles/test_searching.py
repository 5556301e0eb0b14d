"""Searching: prominence, prefixes, slips, synonyms, languages, silence, statements."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpdesk.finding.snippets import MARK_BEGINS, MARK_ENDS, shown
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.articles.actions import publishing, writing
from knowledgebase.articles.actions.writing import Writing
from knowledgebase.articles.models import SynonymGroup
from knowledgebase.articles.searching.likely import likely_answers
from knowledgebase.articles.searching.ranking import Match, search
from knowledgebase.articles.searching.words import mended, slips_between, words_of
from tests.knowledgebase.articles.making import an_article, publish, text_of

ANYBODY = AnonymousUser()


@pytest.fixture
def shelf(lea: Person) -> None:
    an_article(lea, title="Connect a receipt printer", source="Choose USB or network.")
    an_article(lea, title="The till is slow", source="Restart it. Then test the printer.")
    an_article(lea, title="Give a discount", source="Press a line and choose per cent.")
    an_article(lea, title="Count the stock", source="Several people count at once.")


def titles(found: list[Match]) -> list[str]:
    return [match.title for match in found]


def test_a_word_in_the_title_says_more_than_one_in_the_text(shelf: None) -> None:
    found = titles(search("printer", reader=ANYBODY))
    assert found == ["Connect a receipt printer", "The till is slow"]


def test_the_beginning_of_a_word_finds_it_while_typing_only(shelf: None) -> None:
    assert titles(search("disc", reader=ANYBODY, is_typing=True)) == ["Give a discount"]


@pytest.mark.parametrize("slip", ["discuont", "discont", "disscount", "siscount"])
def test_a_slip_of_the_finger_is_mended(slip: str, shelf: None) -> None:
    assert titles(search(slip, reader=ANYBODY)) == ["Give a discount"]


def test_a_synonym_finds_what_the_text_calls_otherwise(shelf: None) -> None:
    assert titles(search("rebate", reader=ANYBODY)) == []
    SynonymGroup.objects.create(language="en", words=["discount", "rebate"])
    assert titles(search("rebate", reader=ANYBODY)) == ["Give a discount"]


def test_a_phrase_is_a_synonym_of_a_word(shelf: None) -> None:
    SynonymGroup.objects.create(language="en", words=["stock count", "stocktake"])
    SynonymGroup.objects.create(language="en", words=["per cent", "percentage"])
    assert titles(search("percentage", reader=ANYBODY)) == ["Give a discount"]


def test_what_is_withdrawn_is_not_found(lea: Person) -> None:
    article = an_article(lea)
    publishing.withdraw(article, by=Actor.of(lea))
    assert search("receipt printer", reader=ANYBODY) == []


def test_what_was_saved_and_not_published_is_not_found(lea: Person) -> None:
    article = an_article(lea)
    writing.save(article, Writing("Xylophone", "Secret."), language="en", by=Actor.of(lea))
    assert search("xylophone", reader=ANYBODY) == []


def test_an_article_is_found_in_the_language_of_the_reader_once(lea: Person) -> None:
    article = an_article(lea, title="Printer", source="USB")
    german = Writing("Drucker", "Den Drucker anschließen.")
    writing.save(article, german, language="de", by=Actor.of(lea))
    publish(article, by=lea, language="de")
    found = search("Drucker", reader=ANYBODY, languages=["de", "en"])
    assert [(match.title, match.language) for match in found] == [("Drucker", "de")]


def test_what_is_not_translated_is_found_in_english(shelf: None) -> None:
    found = search("discount", reader=ANYBODY, languages=["de", "en"])
    assert titles(found) == ["Give a discount"]


def test_the_matching_words_are_marked_and_everything_else_is_escaped(lea: Person) -> None:
    an_article(lea, title="A", source="If A & B, use the printer.")
    snippet = search("printer", reader=ANYBODY)[0].snippet
    assert f"{MARK_BEGINS}printer{MARK_ENDS}" in snippet
    assert "<mark>printer</mark>" in shown(snippet)
    assert "A &amp; B" in shown(snippet)


@pytest.mark.parametrize(
    "words",
    ["'", "\\", "a & b | !c", ":*", "((", "the how to", "%%%", "'; drop table x", "\u200b", "_ _"],
)
def test_no_question_breaks_the_search(words: str, shelf: None) -> None:
    assert isinstance(search(words, reader=ANYBODY, is_typing=True), list)


def test_silence_below_the_threshold(shelf: None) -> None:
    assert titles(likely_answers("receipt printer", reader=ANYBODY)) == [
        "Connect a receipt printer"
    ]
    assert likely_answers("printer for wedding invitations in gold", reader=ANYBODY) == []
    assert likely_answers("printer", reader=ANYBODY) == []


def test_a_search_costs_the_same_statements_with_one_article_and_with_many(lea: Person) -> None:
    an_article(lea, title="Printer 1")
    one = _statements("prnter discuont slow")
    for number in range(2, 12):
        an_article(lea, title=f"Printer {number} slow discount")
    assert (one, _statements("prnter discuont slow")) == (6, 6)


def test_slips_are_counted(db: None) -> None:
    assert slips_between("discount", "discuont", most=2) == 1
    assert slips_between("discount", "discounted", most=1) is None
    assert mended("cat", ["car"]) == []
    assert mended("scaner", ["scanner", "spanner", "scandal"]) == ["scanner"]


def test_words_are_compared_without_case_accents_and_hyphens() -> None:
    assert words_of("E-Mail Über straße") == ["e", "mail", "uber", "strasse"]


def _statements(words: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        search(words, reader=ANYBODY)
    return len(captured)


def test_the_text_of_a_match_is_the_live_one(lea: Person) -> None:
    article = an_article(lea)
    assert search("receipt", reader=ANYBODY)[0].text_id == text_of(article).pk
