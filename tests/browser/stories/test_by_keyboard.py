"""Into the Help Center by the keyboard alone: no mouse, and a focus that is seen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from helpdesk.people.models import Person
from tests.browser.stories.keyboard import Keys
from tests.browser.stories.people import visitor
from tests.knowledgebase.articles.making import an_article
from tests.living_desk import Desk


@pytest.fixture
def keys(desk: Desk, browser: Browser) -> Iterator[Keys]:
    with visitor(browser, desk.url) as somebody:
        yield Keys(somebody)


def test_the_first_key_leads_past_the_head_of_the_page(keys: Keys) -> None:
    keys.visitor.go("/help/")
    keys.open(keys.visitor.page.get_by_role("link", name="Skip to the content"))
    expect(keys.visitor.page.locator("main")).to_be_focused()


def test_suggestions_are_chosen_with_arrows_and_left_with_escape(keys: Keys, lea: Person) -> None:
    an_article(lea, title="Connect a receipt printer")
    page = keys.visitor.page
    keys.visitor.go("/")
    box = page.get_by_role("combobox", name="Search the Help Center")
    keys.go_to(box)
    keys.type("recei")
    option = page.get_by_role("option", name="Connect a receipt printer")
    expect(option).to_be_visible()
    keys.press("Escape")
    expect(option).to_be_hidden()
    expect(box).to_have_value("recei")
    keys.type("pt")
    expect(option).to_be_visible()
    keys.press("ArrowDown", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Connect a receipt printer")


def test_enter_alone_searches(keys: Keys, lea: Person) -> None:
    an_article(lea, title="Connect a receipt printer")
    keys.visitor.go("/")
    keys.go_to(keys.visitor.page.get_by_role("combobox", name="Search the Help Center"))
    keys.type("receipt")
    keys.press("Enter")
    keys.open(keys.visitor.page.get_by_role("link", name="Connect a receipt printer"))
    expect(keys.visitor.page).to_have_url(re.compile("/help/"))
