"""Writing, publishing at a time, arranging, listening, offering."""

from datetime import UTC, datetime, timedelta

import pytest

from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.articles.actions import arranging, listening, offering, publishing, writing
from knowledgebase.articles.actions.listening import Opinion
from knowledgebase.articles.actions.offering import Tally
from knowledgebase.articles.actions.refusing import Refused, TextChanged
from knowledgebase.articles.actions.writing import Writing
from knowledgebase.articles.models import Article, FruitlessSearch
from tests.knowledgebase.articles.making import a_draft, a_section, an_article, text_of

NOW = datetime(2026, 5, 12, 2, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def test_what_is_saved_after_publishing_waits_until_it_is_published_too(lea: Person) -> None:
    article = an_article(lea)
    writing.save(article, Writing("Other title", "New."), language="en", by=Actor.of(lea))
    text = text_of(article)
    assert (text.title, text.is_ahead) == ("Connect a receipt printer", True)


def test_a_revision_that_was_not_seen_is_not_written_over(lea: Person, ada: Person) -> None:
    draft = a_draft(lea)
    writing.save(draft, Writing("Second", "Two."), language="en", by=Actor.of(ada), seen=1)
    with pytest.raises(TextChanged, match="Ada Lovelace saved a newer revision"):
        writing.save(draft, Writing("Late", "Lost?"), language="en", by=Actor.of(lea), seen=1)
    assert text_of(draft).revisions.count() == 2


def test_restoring_writes_a_new_revision_and_keeps_all_others(lea: Person) -> None:
    draft = a_draft(lea, source="One.")
    writing.save(draft, Writing("Second", "Two."), language="en", by=Actor.of(lea))
    first = text_of(draft).revisions.get(number=1)
    restored = writing.restore(first, by=Actor.of(lea))
    assert (restored.number, restored.source) == (3, "One.")


def test_an_agent_does_not_publish_and_nothing_is_told(lea: Person, ada: Person) -> None:
    draft = a_draft(lea)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="Leads decide what clients read"):
        publishing.publish(text_of(draft), by=Actor.of(ada))
    draft.refresh_from_db()
    assert (draft.state, Entry.objects.count()) == ("draft", before)


def test_what_was_scheduled_goes_out_and_not_what_was_saved_since(lea: Person) -> None:
    draft, by = a_draft(lea), Actor.of(lea)
    publishing.schedule(text_of(draft), publish_at=LATER, by=by, now=NOW)
    writing.save(draft, Writing("Not agreed", "No."), language="en", by=by)
    assert publishing.publish_due(now=NOW) == 0
    assert publishing.publish_due(now=LATER) == 1
    text = text_of(draft)
    assert (text.title, text.live.number if text.live else 0) == ("Connect a receipt printer", 1)


def test_what_is_due_is_published_once(lea: Person) -> None:
    draft = a_draft(lea)
    publishing.schedule(text_of(draft), publish_at=LATER, by=Actor.of(lea), now=NOW)
    assert [publishing.publish_due(now=LATER) for _ in range(2)] == [1, 0]
    assert Entry.objects.filter(kind="article.published").count() == 1


def test_a_time_that_is_past_is_refused(lea: Person) -> None:
    with pytest.raises(Refused, match="That time is past"):
        publishing.schedule(text_of(a_draft(lea)), publish_at=NOW, by=Actor.of(lea), now=NOW)


def test_an_article_is_withdrawn_at_its_time(lea: Person) -> None:
    article = an_article(lea)
    publishing.withdraw_at(article, at=LATER, by=Actor.of(lea), now=NOW)
    assert (publishing.withdraw_due(now=NOW), publishing.withdraw_due(now=LATER)) == (0, 1)
    article.refresh_from_db()
    assert (article.state, article.withdraw_at) == ("withdrawn", None)


def test_withdrawing_also_forgets_what_was_scheduled(lea: Person) -> None:
    article, by = an_article(lea), Actor.of(lea)
    publishing.schedule(text_of(article), publish_at=LATER, by=by, now=NOW)
    publishing.withdraw(article, by=by)
    assert publishing.publish_due(now=LATER) == 0


def test_sections_go_three_deep(lea: Person) -> None:
    second = a_section(lea, name="B", parent=a_section(lea, name="A"))
    third = a_section(lea, name="C", parent=second)
    with pytest.raises(Refused, match="three deep at most"):
        arranging.add("D", parent=third, by=Actor.of(lea))


def test_a_section_is_not_moved_below_itself_or_too_deep(lea: Person) -> None:
    top = a_section(lea, name="A")
    below = a_section(lea, name="B", parent=top)
    other = a_section(lea, name="Y", parent=a_section(lea, name="X"))
    with pytest.raises(Refused, match="below itself"):
        arranging.move(top, parent=below, position=0, by=Actor.of(lea))
    with pytest.raises(Refused, match="three deep at most"):
        arranging.move(top, parent=other, position=0, by=Actor.of(lea))


def test_a_section_with_an_article_is_not_taken_away(lea: Person) -> None:
    section = a_draft(lea).section
    with pytest.raises(Refused, match="is not empty"):
        arranging.remove(section, by=Actor.of(lea))


def test_a_reader_has_one_opinion_of_an_article(lea: Person) -> None:
    article = an_article(lea)
    listening.hear(article, Opinion(False, "en", "unclear", "Which cable?"), reader_key="person-1")
    with pytest.raises(Refused, match="told us already"):
        listening.hear(article, Opinion(True, "en"), reader_key="person-1")
    article.refresh_from_db()
    assert (article.yes_count, article.no_count) == (0, 1)


def test_a_search_in_vain_is_kept_without_what_names_a_person(db: None) -> None:
    words = "refund carla@acme.example 0412 345 678"
    listening.note_fruitless(words, now=NOW)
    listening.note_fruitless(words, now=NOW)
    assert list(FruitlessSearch.objects.values_list("words", "times")) == [("refund", 2)]


def test_searches_in_vain_are_forgotten_after_ninety_days(db: None) -> None:
    listening.note_fruitless("pancakes", now=NOW)
    assert listening.forget_fruitless(now=NOW + timedelta(days=90)) == 0
    assert listening.forget_fruitless(now=NOW + timedelta(days=91)) == 1


@pytest.mark.parametrize(
    ("is_opened", "case_after", "tally"),
    [
        (True, None, Tally(offered=1, opened=1, spared=1)),
        (True, timedelta(hours=71), Tally(offered=1, opened=1, spared=0)),
        (True, timedelta(hours=73), Tally(offered=1, opened=1, spared=1)),
        (False, None, Tally(offered=1, opened=0, spared=0)),
    ],
)
def test_an_answer_spared_a_case_when_it_was_opened_and_no_case_followed(
    is_opened: bool, case_after: timedelta | None, tally: Tally, lea: Person, carla: Person
) -> None:
    article = an_article(lea)
    offering.offer([article.pk], to=carla, now=NOW)
    if is_opened:
        offering.opened(article.pk, by=carla, now=NOW)
    if case_after:
        offering.case_opened(carla.pk, at=NOW + case_after)
    assert offering.tally(since=NOW, now=NOW + timedelta(hours=100)) == tally


def test_an_offer_counts_only_once_its_hours_are_over(lea: Person, carla: Person) -> None:
    offering.offer([an_article(lea).pk], to=carla, now=NOW)
    soon = offering.tally(since=NOW, now=NOW + timedelta(hours=72))
    assert soon.offered == 0


def test_the_state_of_a_new_article_is_a_draft(lea: Person) -> None:
    a_draft(lea)
    assert list(Article.objects.values_list("state", flat=True)) == ["draft"]
    assert not Article.objects.visible_to(lea).exists()
