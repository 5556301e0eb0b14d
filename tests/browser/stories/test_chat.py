"""Carla writes in the pop-up, Ada answers in the inbox; the network and the desk fail them."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from chat import filing, mailing
from chat.models import Conversation, Site
from helpdesk.calendars.models import Calendar
from helpdesk.people.models import Person
from tests.browser.stories.chat_pages import foreign_page, opened
from tests.browser.stories.people import visitor
from tests.chat.talk import a_site
from tests.journeys.eventually import eventually
from tests.living_desk import Desk

OFFLINE_SECONDS = 20


@pytest.fixture
def open_chat(desk: Desk) -> Site:
    """Chat at any hour, whenever the test runs."""
    return a_site(calendar=Calendar.objects.get(slug="round-the-clock"))


def said(page: Page, lines: str) -> list[str]:
    return page.locator(lines).all_inner_texts()


def test_two_browsers_a_cut_and_a_restart_lose_and_double_nothing(
    desk: Desk, browser: Browser, open_chat: Site, carla: Person, ada: Person
) -> None:
    with visitor(browser, desk.url) as client, visitor(browser, desk.url, dark=True) as agent:
        agent.sign_in(ada)
        agent.go("/console/chat/")
        client.sign_in(carla)
        client.go("/")
        talk = opened(client.page)
        talk.get_by_role("button", name="Send us a message").click()
        talk.get_by_label("Your message").fill("The report is empty.")
        talk.get_by_role("button", name="Send").click()
        talk.get_by_text("Somebody will be with you soon").wait_for()
        number = f"{Conversation.objects.get().case.number:08d}"
        talk.get_by_text(number).first.wait_for()

        agent.page.get_by_role("link", name="The report is empty.").click()
        agent.page.get_by_role("button", name="Take this chat").click()
        talk.get_by_text("You talk to Ada Lovelace").wait_for()
        agent.look()
        talk.get_by_label("Your message").press_sequentially("Hel")
        agent.page.get_by_text("Carla Rossi is writing").wait_for()
        talk.get_by_label("Your message").fill("")
        agent_says(agent.page, "Please reload.")
        talk.get_by_text("Please reload.").wait_for()

        client.page.context.set_offline(True)
        talk.get_by_text("No connection").wait_for()
        for words in ("Written offline, one.", "Written offline, two."):
            client_says(client.page, words)
        agent_says(agent.page, "Said during the cut.")
        time.sleep(OFFLINE_SECONDS)
        client.page.context.set_offline(False)
        agent.page.get_by_text("Written offline, two.").wait_for()
        talk.get_by_text("Said during the cut.").wait_for()
        assert talk.get_by_text("sent later").count() == 2

        desk.stop_web()
        client_says(client.page, "Written while you were away.")
        agent_says(agent.page, "So was this.")
        desk.start_web()
        agent.page.get_by_text("Written while you were away.").wait_for()
        talk.get_by_text("So was this.").wait_for()
        once = [line.text for line in public_lines()]
        assert sorted(once) == sorted(set(once))
        assert shown(client.page) == once
        assert shown(agent.page) == once

    line = Conversation.objects.get()
    with visitor(browser, desk.url) as agent:
        agent.sign_in(ada)
        agent.go(f"/console/chat/{line.pk}/")
        agent_says(agent.page, "You had left, so this goes by mail.")
        eventually(lambda: [one for one in public_lines() if one.text.startswith("You had left")])
        mailing.mail_due(at=datetime.now(UTC) + timedelta(minutes=2))
        mail = eventually(
            lambda: [one for one in desk.sink.mails if "You had left" in str(one.get_body())]
        )[-1]
        reply = (
            f"From: {carla.email}\r\nTo: {mail['Reply-To']}\r\nSubject: Re: {mail['Subject']}\r\n"
            f"Message-ID: <one@acme.example>\r\nIn-Reply-To: {mail['Message-ID']}\r\n\r\n"
            "And this comes by mail.\r\n"
        )
        assert desk.post_mail(reply.encode()) == 200
        agent.sees("And this comes by mail.")
    filing.file_due(at=datetime.now(UTC))
    thread = [message.text for message in line.case.messages.in_order()]
    assert sorted(thread) == sorted(set(thread))
    assert {"The report is empty.", "And this comes by mail."} < set(thread)


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
        talk.get_by_label("Your message").fill("Do you sell parrots?")
        talk.get_by_role("button", name="Send").click()
        talk.get_by_text("Case 0").wait_for()
    assert Conversation.objects.get().lines.get().text == "Do you sell parrots?"


def test_a_page_that_is_not_on_the_list_cannot_hold_the_pop_up(
    desk: Desk, browser: Browser, open_chat: Site
) -> None:
    a_site(origins=[])
    with foreign_page(desk.url, site="help-center") as shop:
        page = browser.new_page()
        page.goto(shop)
        refused: list[str] = []
        page.on("console", lambda line: refused.append(line.text))
        opened(page)
        eventually(lambda: [text for text in refused if "frame-ancestors" in text])
        page.close()


def client_says(page: Page, words: str) -> None:
    box = page.frame_locator("iframe[title='Chat with us']").get_by_label("Your message")
    box.fill(words)
    box.press("Enter")


def agent_says(page: Page, words: str) -> None:
    box = page.get_by_label("Message", exact=True)
    box.fill(words)
    box.press("Enter")


def public_lines() -> list[object]:
    return list(Conversation.objects.get().lines.public().filter(kind="said").order_by("number"))


def shown(page: Page) -> list[str]:
    """What was said, as it stands on this screen, in its order."""
    frames = [page, *page.frames]
    for frame in frames:
        found = frame.locator("#lines .line--said .line__text").all_inner_texts()
        if found:
            return found
    return []
