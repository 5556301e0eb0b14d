"""The access table of the editors' pages: agents write, leads publish, clients find nothing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from helpdesk.journal.models import Entry
from helpdesk.people.models import Person
from knowledgebase.articles.models import Article, Revision, Section, SynonymGroup
from tests.knowledgebase.articles.making import SOURCE, a_draft, an_article

READ = ("list", "new", "sections", "feedback", "synonyms", "searches")
READ_ONE = ("edit", "revisions")
WRITE = ("preview",)
WRITE_ONE = ("facts", "files", "review", "restore", "settle-feedback", "change-synonyms")
LEADS = ("publication", "withdrawal", "change-section")
OURS = ("ada", "ben", "lea", "root")
CLIENTS = ("carla", "cem", "gil", "ivy")


@pytest.fixture
def browser_of(
    request: pytest.FixtureRequest, client_as: Callable[[Person], Client]
) -> Callable[[str], Client]:
    return lambda name: client_as(request.getfixturevalue(name))


@pytest.fixture
def draft(lea: Person) -> Article:
    return a_draft(lea)


def address_of(name: str, draft: Article) -> str:
    if name in READ + WRITE:
        return reverse(f"article-editing:{name}")
    pk = draft.section_id if name == "change-section" else draft.pk
    return reverse(f"article-editing:{name}", args=[pk, 1] if name == "restore" else [pk])


def rows_now() -> tuple[int, int, int, list[tuple[int, str, str]]]:
    states = Article.objects.values_list("pk", "state", "visibility")
    counts = Revision.objects.count(), Entry.objects.count(), SynonymGroup.objects.count()
    return (*counts, list(states))


def test_the_table_knows_every_address() -> None:
    _, resolver = get_resolver().namespace_dict["article-editing"]
    names = {name for name in resolver.reverse_dict if isinstance(name, str)}
    assert names == {*READ, *READ_ONE, *WRITE, *WRITE_ONE, *LEADS}


@pytest.mark.parametrize("who", OURS)
@pytest.mark.parametrize("name", READ + READ_ONE)
def test_ours_see_the_pages_of_the_editors(
    name: str, who: str, draft: Article, browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(address_of(name, draft)).status_code == 200


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("name", READ + READ_ONE + WRITE + WRITE_ONE + LEADS)
def test_no_client_finds_a_page_of_the_editors_or_changes_anything(
    name: str, who: str, draft: Article, browser_of: Callable[[str], Client]
) -> None:
    before, browser = rows_now(), browser_of(who)
    address = address_of(name, draft)
    answers = {browser.get(address).status_code, browser.post(address).status_code}
    assert (answers, rows_now()) == ({404}, before)


@pytest.mark.parametrize("name", READ + READ_ONE + WRITE + WRITE_ONE + LEADS)
def test_nobody_is_sent_to_sign_in(name: str, draft: Article, client: Client) -> None:
    before = rows_now()
    answer = client.post(address_of(name, draft))
    assert (answer.status_code, rows_now()) == (302, before)


@pytest.mark.parametrize("name", LEADS)
def test_an_agent_finds_no_page_that_decides_what_clients_read(
    name: str, draft: Article, ada: Person, client_as: Callable[[Person], Client]
) -> None:
    before = rows_now()
    answer = client_as(ada).post(address_of(name, draft), {"name": "Other"})
    assert (answer.status_code, rows_now()) == (404, before)


def test_an_agent_saves_a_revision(
    draft: Article, ada: Person, client_as: Callable[[Person], Client]
) -> None:
    page = reverse("article-editing:edit", args=[draft.pk])
    client_as(ada).post(page, {"title": "New title", "source": SOURCE, "seen": 1})
    assert draft.translations.get().title == "New title"


def test_what_was_typed_survives_when_a_colleague_was_quicker(
    draft: Article, ada: Person, client_as: Callable[[Person], Client]
) -> None:
    page, browser = reverse("article-editing:edit", args=[draft.pk]), client_as(ada)
    browser.post(page, {"title": "First", "source": SOURCE, "seen": 1})
    late = browser.post(page, {"title": "Second", "source": "My own words", "seen": 1})
    assert late.status_code == 422
    assert "My own words" in late.text
    assert draft.translations.get().title == "First"


def test_an_agent_does_not_change_who_reads_a_published_article(
    lea: Person, ada: Person, client_as: Callable[[Person], Client]
) -> None:
    article = an_article(lea)
    values = {"section": article.section_id, "visibility": "agents"}
    client_as(ada).post(reverse("article-editing:facts", args=[article.pk]), values)
    article.refresh_from_db()
    assert article.visibility == "public"


def test_a_lead_publishes_and_withdraws(
    draft: Article, lea: Person, client_as: Callable[[Person], Client]
) -> None:
    browser = client_as(lea)
    browser.post(reverse("article-editing:publication", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == "published"
    browser.post(reverse("article-editing:withdrawal", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == "withdrawn"


def test_the_preview_runs_nothing(ada: Person, client_as: Callable[[Person], Client]) -> None:
    shown = client_as(ada).post(
        reverse("article-editing:preview"), {"source": "<script>alert(1)</script> **bold**"}
    )
    assert "<script>" not in shown.text
    assert "<strong>bold</strong>" in shown.text


def test_a_lead_moves_a_section_and_a_section_keeps_what_stands_below(
    lea: Person, draft: Article, client_as: Callable[[Person], Client]
) -> None:
    browser, address = client_as(lea), reverse("article-editing:sections")
    browser.post(address, {"name": "Guides"})
    guides = Section.objects.get(name="Guides")
    move = reverse("article-editing:change-section", args=[draft.section_id])
    browser.post(move, {"name": "Devices", "parent": guides.pk, "position": 1})
    moved = Section.objects.get(pk=draft.section_id)
    assert (moved.name, moved.parent, moved.depth) == ("Devices", guides, 1)
