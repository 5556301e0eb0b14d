"""Carla finds no answer, asks us, and looks around: groups, training, the status page."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, expect

from cases.models import Case
from helpdesk.people.models import Person
from knowledgebase.community.models import Membership
from knowledgebase.notices.models import Subscription
from knowledgebase.training.models import Registration
from tests.browser.stories.people import Visitor, visitor
from tests.journeys.eventually import eventually
from tests.knowledgebase.articles.making import an_article
from tests.knowledgebase.community.club import a_group
from tests.knowledgebase.training.school import an_event
from tests.living_desk import Desk

QUESTION = "Receipts come out blank"


def test_carla_finds_no_answer_asks_us_and_looks_around(
    desk: Desk, browser: Browser, carla: Person, lea: Person
) -> None:
    an_article(
        lea,
        title="A receipt comes out blank",
        source="## The paper lies upside down\n\nTurn the roll over: one side takes no print.\n",
    )
    a_group(description="Monthly and yearly reports.")
    an_event(at=datetime.now(UTC))
    with visitor(browser, desk.url) as client:
        client.sign_in(carla)
        _search_in_vain(client)
        _ask(client)
        _follow_the_case(client)
        _join_a_group(client)
        _register_for_training(client)
        _subscribe_to_status(client)
    assert Case.objects.get().subject == QUESTION
    assert Membership.objects.get(person=carla).group.slug == "reports"
    assert Registration.objects.get(person=carla).event.title == "Reports from scratch"
    assert Subscription.objects.get().email == carla.email
    number = Case.objects.get().shown_number
    eventually(lambda: any(number in mail["Subject"] for mail in desk.sink.mails))


def _search_in_vain(client: Visitor) -> None:
    box = client.page.get_by_role("combobox", name="Search the Help Center")
    box.fill("quetzalcoatl")
    box.press("Enter")
    client.sees("Nothing found for")
    client.look()
    client.page.get_by_role("main").get_by_role("link", name="Open a case").click()
    expect(client.page.get_by_label("Subject")).to_have_value("quetzalcoatl")


def _ask(client: Visitor) -> None:
    client.page.get_by_label("Subject").fill("")
    client.page.get_by_label("Subject").press_sequentially(QUESTION)
    likely = client.page.get_by_role("region", name="Likely answers")
    expect(likely.get_by_role("link", name="A receipt comes out blank")).to_be_visible()
    client.look()
    client.page.get_by_label("Details").fill("Both rolls that we have. The paper is the right way.")
    client.page.get_by_role("button", name="Open the case").click()
    client.sees("We have your case")
    client.look()


def _follow_the_case(client: Visitor) -> None:
    client.page.get_by_role("navigation", name="Main").get_by_role("link", name="My cases").click()
    client.look()
    client.page.get_by_role("link", name=QUESTION).click()
    client.sees("How we worked this out")
    client.page.get_by_label("Your message").fill("It began on Monday.")
    client.page.get_by_role("button", name="Send").click()
    client.sees("Your message is on the case.")
    client.look()


def _join_a_group(client: Visitor) -> None:
    client.page.get_by_role("navigation", name="Main").get_by_role("link", name="Groups").click()
    client.look()
    client.page.get_by_role("link", name="Reports").click()
    client.page.get_by_role("button", name="Join").click()
    client.page.get_by_role("link", name="Begin a topic").click()
    client.look()
    client.page.get_by_label("Title").fill("Totals by month")
    client.page.get_by_label("Your words").fill("How do you total by month?")
    client.page.get_by_role("button", name="Post").click()
    client.sees("How do you total by month?")
    client.look()


def _register_for_training(client: Visitor) -> None:
    client.page.get_by_role("navigation", name="Main").get_by_role("link", name="Training").click()
    client.look()
    client.page.get_by_role("link", name="Reports from scratch").click()
    client.page.get_by_role("button", name="Register").click()
    client.sees("I do not come")
    client.look()


def _subscribe_to_status(client: Visitor) -> None:
    client.page.get_by_role("navigation", name="More").get_by_role("link", name="Status").click()
    client.look()
    client.page.get_by_role("link", name="By mail").click()
    client.look()
    client.page.get_by_role("button", name="Send me the news").click()
    client.sees("News of the status page goes to carla@acme.example.")
    client.look()
