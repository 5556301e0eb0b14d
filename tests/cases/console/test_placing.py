"""The card that says why a mail is here, and its three verbs."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cases.mailroom.models import SenderRule
from cases.models import Case
from cases.thread.models import Message
from helpdesk.people.models import Person
from tests.builders import a_case, a_message
from tests.cases.mailroom.mails import VOUCHED, arrives

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_as: Callable[[Person], Client], ada: Person) -> Client:
    return client_as(ada)


def page(browser: Client, case: Case) -> str:
    return browser.get(reverse("console:case", args=[case.number])).text


def act(browser: Client, verb: str, message: Message, **typed: object) -> str:
    address = reverse(f"console:{verb}", args=[message.case.number, message.pk])
    return browser.post(address, typed, follow=True).text


def test_the_card_says_why_a_mail_joined_and_who_vouches(browser: Client, carla: Person) -> None:
    case = a_case(carla)
    arrives(subject=f"Re: {case.shown_number}", auth=VOUCHED)
    shown = page(browser, case)
    assert "It joined the case: case number in the subject." in shown
    assert "The domain acme.example confirms the sender (DMARC)." in shown
    assert f"{case.shown_number}</span> case number in the subject (this case)" in shown


def test_the_card_of_a_stranger_offers_the_case_that_was_quoted(
    browser: Client, carla: Person, gil: Person
) -> None:
    quoted = a_case(carla)
    arrives(sender=gil.email, subject=f"Re: {quoted.shown_number}")
    own = Case.objects.get(client=gil)
    shown = page(browser, own)
    why = f"its sender has no part in case {quoted.shown_number}, to which it points."
    assert why in shown
    assert f"Move to {quoted.shown_number}" in shown


def test_what_did_not_come_by_mail_has_no_card(browser: Client, carla: Person) -> None:
    assert "Why it is here" not in page(browser, a_case(carla))


def test_a_client_never_sees_the_card(client_as: Callable[[Person], Client], carla: Person) -> None:
    arrives()
    shown = client_as(carla).get(reverse("portal:case", args=[Case.objects.get().number])).text
    assert ("Why it is here" in shown, "No rows since" in shown) == (False, True)


def test_words_of_evidence_are_never_markup(browser: Client, carla: Person) -> None:
    arrives()
    Message.objects.update(evidence={"why": "<script>alert(1)</script>"})
    assert "<script>alert" not in page(browser, Case.objects.get())


def test_a_message_moves_to_the_number_that_was_typed(browser: Client, carla: Person) -> None:
    arrives()
    message, target = Message.objects.get(), a_case(carla)
    shown = act(browser, "move-message", message, to=f"#{target.number}")
    message.refresh_from_db()
    assert message.case == target
    assert "The message is moved" in shown


@pytest.mark.parametrize("typed", ["", "99999999", "x", "1 2"])
def test_a_number_that_is_no_case_moves_nothing(typed: str, browser: Client, carla: Person) -> None:
    arrives()
    message = Message.objects.get()
    assert "Nothing was moved." in act(browser, "move-message", message, to=typed)
    assert Message.objects.get().case_id == message.case_id


def test_a_refusal_is_said_in_words(browser: Client, ada: Person, carla: Person) -> None:
    answer = a_message(a_case(carla), by=ada)
    target = a_case(carla)
    shown = act(browser, "move-message", answer, to=target.number)
    assert "stays where we wrote it" in shown


def test_a_message_is_split_off_and_its_page_shown(browser: Client, carla: Person) -> None:
    case = a_case(carla)
    arrives(subject=f"Re: {case.shown_number}", text="By the way, the export fails.")
    message = Message.objects.get(text__startswith="By the way")
    shown = act(browser, "split-message", message)
    message.refresh_from_db()
    assert message.case.shown_number in shown
    assert message.case != case


def test_a_sender_is_bound_and_freed(browser: Client, carla: Person) -> None:
    arrives()
    message = Message.objects.get()
    assert "No longer for this sender" in act(browser, "bind-sender", message)
    assert SenderRule.objects.get().person == carla
    assert "Always for this sender" in act(browser, "bind-sender", message, stop="1")
    assert not SenderRule.objects.exists()


def test_a_message_of_another_case_is_not_found(browser: Client, carla: Person) -> None:
    case, other = a_case(carla), a_case(carla)
    address = reverse("console:split-message", args=[case.number, other.messages.get().pk])
    assert browser.post(address).status_code == 404


def kept_cards(shown: str) -> list[str]:
    """The ids of the cards that htmx leaves alone when it draws the thread anew."""
    return re.findall(r'<details class="place" id="([^"]+)" hx-preserve', shown)


def test_what_is_typed_in_a_card_outlives_a_live_redraw(browser: Client, carla: Person) -> None:
    arrives(auth=VOUCHED)
    case = Case.objects.get()
    live = browser.get(reverse("console:live", args=[case.number])).text
    assert len(kept_cards(live)) == 1
    assert kept_cards(live) == kept_cards(page(browser, case))


def test_a_card_is_drawn_anew_when_it_says_something_else(browser: Client, carla: Person) -> None:
    arrives(auth=VOUCHED)
    case = Case.objects.get()
    before = kept_cards(page(browser, case))
    act(browser, "bind-sender", case.messages.get())
    assert kept_cards(page(browser, case)) != before
