"""Carla writes in the pop-up, Ada answers in the inbox; the network and the desk fail them."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from playwright.sync_api import Browser, FrameLocator, Locator, Page

from chat import mailing
from chat.actions.handing_over import accept
from chat.models import Conversation, Line, Site
from helpdesk.calendars.models import Calendar
from helpdesk.people.models import Person
from tests.browser.stories.chat_pages import foreign_page, opened
from tests.browser.stories.people import visitor
from tests.chat.talk import WORDS, a_client, a_conversation, a_site
from tests.journeys.eventually import eventually
from tests.living_desk import Desk

OFFLINE_SECONDS = 20


@pytest.fixture
def open_chat(desk: Desk) -> Site:
    """Chat at any hour, whenever the test runs."""
    return a_site(calendar=Calendar.objects.get(slug="round-the-clock"))


def test_two_browsers_a_cut_and_a_restart_lose_and_double_nothing(
    desk: Desk, browser: Browser, open_chat: Site, carla: Person, ada: Person
) -> None:
    with visitor(browser, desk.url) as client, visitor(browser, desk.url, dark=True) as agent:
        agent.sign_in(ada)
        agent.go("/console/chat/")
        client.sign_in(carla)
        client.go("/")
        talk = begun(client.page, "The report is empty.")
        taken(agent.page, "The report is empty.")
        talk.get_by_text("You talk to Ada Lovelace").wait_for()
        agent.look()
        words(talk).press_sequentially("Hel")
        agent.sees("Carla Rossi is writing")
        agent_says(agent.page, "Please reload.")
        talk.get_by_text("Please reload.").wait_for()

        client.page.context.set_offline(True)
        talk.get_by_text("No connection").wait_for()
        for line in ("Written offline, one.", "Written offline, two."):
            client_says(talk, line)
        agent_says(agent.page, "Said during the cut.")
        time.sleep(OFFLINE_SECONDS)
        client.page.context.set_offline(False)
        reads(agent.page, "Written offline, two.")
        talk.get_by_text("Said during the cut.").wait_for()
        assert talk.get_by_text("sent later").count() == 2

        desk.stop_web()
        client_says(talk, "Written while you were away.")
        agent_says(agent.page, "So was this.")
        desk.start_web()
        reads(agent.page, "Written while you were away.")
        talk.get_by_text("So was this.").wait_for()
        stored = [line.text for line in said_lines()]
        assert sorted(stored) == sorted(set(stored))
        assert shown(talk) == stored
        assert shown(agent.page) == stored


def test_an_answer_to_a_client_who_left_goes_by_mail_and_the_reply_lands(
    desk: Desk, browser: Browser, open_chat: Site, carla: Person, ada: Person
) -> None:
    conversation = apart(lambda: accept(a_conversation(a_client(carla)), by=ada))
    with visitor(browser, desk.url) as agent:
        agent.sign_in(ada)
        agent.go(f"/console/chat/{conversation.pk}/")
        agent.sees("Has left: an answer goes by e-mail")
        agent_says(agent.page, "You had left, so this goes by mail.")
        eventually(lambda: conversation.lines.filter(text__startswith="You had left").first())
        mailing.mail_due(at=datetime.now(UTC) + timedelta(minutes=2))
        mail = eventually(lambda: desk.sink.mails)[-1]
        reply = (
            f"From: {carla.email}\r\nTo: {mail['Reply-To']}\r\nSubject: Re: {mail['Subject']}\r\n"
            f"Message-ID: <one@acme.example>\r\nIn-Reply-To: {mail['Message-ID']}\r\n\r\n"
            "And this comes by mail.\r\n"
        )
        assert desk.post_mail(reply.encode()) == 200
        reads(agent.page, "And this comes by mail.")
    thread = [message.text.strip() for message in conversation.case.messages.in_order()]
    assert thread == [WORDS, "You had left, so this goes by mail.", "And this comes by mail."]


def test_it_works_on_a_foreign_page_whose_policy_allows_only_our_origin(
    desk: Desk, browser: Browser, open_chat: Site
) -> None:
    with foreign_page(desk.url, site="help-center") as shop, visitor(browser, desk.url) as guest:
        a_site(origins=[shop])
        guest.page.goto(shop)
        talk = opened(guest.page)
        talk.get_by_role("button", name="Send us a message").click()
        talk.get_by_label("Your name").fill("Vic")
        talk.get_by_label("Your e-mail address").fill("vic@home.example")
        talk.get_by_role("button", name="Go on").click()
        words(talk).fill("Do you sell parrots?")
        talk.get_by_role("button", name="Send", exact=True).click()
        talk.get_by_text("Case 0").wait_for()
    assert Conversation.objects.get().lines.get().text == "Do you sell parrots?"


def test_a_page_that_is_not_on_the_list_cannot_hold_the_pop_up(
    desk: Desk, browser: Browser, open_chat: Site
) -> None:
    a_site(origins=[])
    with foreign_page(desk.url, site="help-center") as shop:
        page = browser.new_page()
        page.goto(shop)
        with page.expect_console_message(lambda line: "frame-ancestors" in line.text):
            opened(page)
        page.close()


def apart(make: Callable[[], Conversation]) -> Conversation:
    """Playwright keeps an event loop in this thread, in which the doorbell cannot ring."""

    def made() -> Conversation:
        try:
            return make()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(made).result()


def begun(page: Page, text: str) -> FrameLocator:
    """The pop-up, in which a first message was sent, with the number of its case."""
    talk = opened(page)
    talk.get_by_role("button", name="Send us a message").click()
    words(talk).fill(text)
    talk.get_by_role("button", name="Send", exact=True).click()
    talk.get_by_text("Somebody will be with you soon").wait_for()
    talk.get_by_text(f"{Conversation.objects.get().case.number:08d}").first.wait_for()
    return talk


def taken(page: Page, text: str) -> None:
    """The agent finds the chat waiting and takes it."""
    page.get_by_role("link", name=text).click()
    page.get_by_role("button", name="Take this chat").click()


def words(talk: FrameLocator) -> Locator:
    return talk.get_by_role("textbox", name="Your message")


def client_says(talk: FrameLocator, text: str) -> None:
    words(talk).fill(text)
    words(talk).press("Enter")


def agent_says(page: Page, text: str) -> None:
    box = page.get_by_label("Message", exact=True)
    box.fill(text)
    box.press("Enter")


def reads(page: Page, text: str) -> None:
    """It stands in the open chat, and once; the list beside it shows last words too."""
    page.get_by_role("log").get_by_text(text, exact=True).wait_for()


def said_lines() -> list[Line]:
    said = Conversation.objects.get().lines.public().filter(kind=Line.Kind.SAID)
    return list(said.order_by("number"))


def shown(screen: Page | FrameLocator) -> list[str]:
    """What was said, as it stands on this screen, in its order."""
    return screen.locator("#lines .line--said .line__text").all_inner_texts()
