"""The ledger of mail in the console."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from helpdesk.mail import intake, processing
from helpdesk.mail.models import InboundMail, OutboundMail
from helpdesk.mail.states import InboundState, OutboundState
from helpdesk.people.models import Person
from tests.helpdesk.mail.mails import a_raw_mail, an_outbound_mail

pytestmark = pytest.mark.django_db

INBOUND = "/console/mail/"
OUTBOUND = "/console/mail/out/"
WRONG = "The ledger does not add up"
SPAM = "buy viagra"


@pytest.fixture(autouse=True)
def _sorter(settings: Settings) -> None:
    settings.MAIL_SORTER = "tests.helpdesk.mail.sorters.sort"


@pytest.fixture
def browser(client_as: Callable[[Person], Client], lea: Person) -> Client:
    return client_as(lea)


def stored(subject: str = SPAM, message_id: str = "<1@a.example>") -> InboundMail:
    raw = a_raw_mail(subject=subject, message_id=message_id, text=message_id)
    receipt = intake.receive(raw, source="webhook")
    processing.process(receipt.mail_id)
    return InboundMail.objects.get(pk=receipt.mail_id)


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def act(browser: Client, name: str, pk: int) -> str:
    answer = browser.post(reverse(f"mail-ledger:{name}", args=[pk]), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", ["lea", "root"])
@pytest.mark.parametrize("address", [INBOUND, OUTBOUND])
def test_leads_and_administrators_are_let_in(
    client_as: Callable[[Person], Client], request: pytest.FixtureRequest, who: str, address: str
) -> None:
    assert client_as(request.getfixturevalue(who)).get(address).status_code == 200


@pytest.mark.parametrize("who", ["ada", "ben", "carla", "cem", "gil", "ivy"])
@pytest.mark.parametrize("address", [INBOUND, OUTBOUND, "/console/mail/{pk}/"])
def test_anybody_else_finds_no_such_page(
    client_as: Callable[[Person], Client], request: pytest.FixtureRequest, who: str, address: str
) -> None:
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(address.format(pk=stored().pk)).status_code == 404


@pytest.mark.parametrize("address", [INBOUND, OUTBOUND, "/console/mail/1/", "/console/mail/1/raw/"])
def test_nobody_is_asked_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", ["ada", "carla", "cem", "gil"])
@pytest.mark.parametrize("name", ["process-again", "not-spam"])
def test_nobody_else_acts_on_a_mail(
    client_as: Callable[[Person], Client], request: pytest.FixtureRequest, who: str, name: str
) -> None:
    browser = client_as(request.getfixturevalue(who))
    mail = stored()
    assert browser.post(reverse(f"mail-ledger:{name}", args=[mail.pk])).status_code == 404
    mail.refresh_from_db()
    assert (mail.state, mail.history) == (InboundState.SPAM, [])


@pytest.mark.parametrize("who", ["ada", "carla", "cem", "gil"])
def test_nobody_else_sends_a_mail_again(
    client_as: Callable[[Person], Client], request: pytest.FixtureRequest, who: str
) -> None:
    mail = an_outbound_mail()
    OutboundMail.objects.update(state=OutboundState.FAILED)
    browser = client_as(request.getfixturevalue(who))
    assert browser.post(reverse("mail-ledger:resend", args=[mail.pk])).status_code == 404
    mail.refresh_from_db()
    assert mail.state == OutboundState.FAILED


def test_only_administrators_get_the_source_and_no_browser_opens_it(
    client_as: Callable[[Person], Client], browser: Client, root: Person
) -> None:
    address = reverse("mail-ledger:raw", args=[stored().pk])
    assert browser.get(address).status_code == 404
    answer = client_as(root).get(address)
    assert answer.content == a_raw_mail(
        subject=SPAM, message_id="<1@a.example>", text="<1@a.example>"
    )
    assert answer["Content-Disposition"].startswith('attachment; filename="mail-')
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_mail_shows_its_state_reason_verdict_and_headers(browser: Client) -> None:
    mail = stored()
    InboundMail.objects.update(
        auth={"by": "mx.a.example", "dmarc": "fail", "dmarc_domain": "acme.example"}
    )
    shown = page(browser, f"{INBOUND}{mail.pk}/")
    assert "Its subject says so." in shown
    assert "fail acme.example" in shown
    assert "Message-ID: &lt;1@a.example&gt;" in shown


def test_words_of_a_mail_are_never_markup(browser: Client) -> None:
    mail = stored("<script>alert(1)</script> viagra")
    assert "<script>alert" not in page(browser, INBOUND) + page(browser, f"{INBOUND}{mail.pk}/")


def test_the_list_is_narrowed_by_state(browser: Client) -> None:
    stored("Hello", "<1@a.example>")
    stored(SPAM, "<2@a.example>")
    shown = page(browser, f"{INBOUND}?state=spam")
    assert (SPAM in shown, ">Hello<" in shown) == (True, False)


def test_the_list_goes_on_where_the_page_before_ended(browser: Client) -> None:
    for number in range(31):
        stored(f"Mail {number:02}", f"<{number}@a.example>")
    first = browser.get(INBOUND)
    older = browser.get(f"{INBOUND}?page={first.context['page'].next}")
    assert [mail.mail_subject for mail, _ in older.context["rows"]] == ["Mail 00"]


@pytest.mark.parametrize("address", [f"{INBOUND}?page=x&state=x", f"{OUTBOUND}?page=x&state=x"])
def test_an_address_that_makes_no_sense_shows_the_first_page(browser: Client, address: str) -> None:
    assert browser.get(address).context["page"].previous == ""


def test_processing_again_gives_another_run_under_the_name_of_who_asked(browser: Client) -> None:
    mail = stored()
    assert "The mail is processed again now." in act(browser, "process-again", mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.is_cleared) == (InboundState.PENDING, False)
    assert [done["by"] for done in mail.history] == ["Lea Novak"]


def test_a_mail_that_is_not_spam_becomes_what_it_would_have_been(browser: Client) -> None:
    mail = stored()
    act(browser, "not-spam", mail.pk)
    processing.process(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.is_cleared) == (InboundState.CASED, True)


def test_a_mail_that_had_its_effect_offers_no_second_run_and_gets_none(browser: Client) -> None:
    mail = stored("Hello")
    assert "Process again" not in page(browser, f"{INBOUND}{mail.pk}/")
    assert "It cannot have it twice." in act(browser, "process-again", mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.history) == (InboundState.CASED, [])


def test_a_balance_that_adds_up_shows_no_red_line(browser: Client) -> None:
    stored()
    assert WRONG not in page(browser, INBOUND)


def test_a_row_that_is_missing_draws_a_red_line(browser: Client) -> None:
    stored(SPAM, "<1@a.example>")
    mail = stored(SPAM, "<2@a.example>")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM mail_inboundraw WHERE mail_id = %s", [mail.pk])
        cursor.execute("DELETE FROM mail_inboundmail WHERE id = %s", [mail.pk])
    shown = page(browser, INBOUND)
    assert (WRONG in shown, "banner--critical" in shown) == (True, True)
    assert "the desk took in 2 mails, and the ledger has 1." in shown


def test_a_mail_that_failed_is_shown_with_its_error_and_sent_again(browser: Client) -> None:
    mail = an_outbound_mail()
    OutboundMail.objects.update(state=OutboundState.FAILED, last_error="550 No such user.")
    shown = page(browser, OUTBOUND)
    assert ("550 No such user." in shown, "Send again" in shown) == (True, True)
    assert "The mail to carla@acme.example is sent again now." in act(browser, "resend", mail.pk)
    mail.refresh_from_db()
    assert mail.state == OutboundState.PENDING


def test_a_mail_that_arrived_is_not_sent_again(browser: Client) -> None:
    mail = an_outbound_mail()
    OutboundMail.objects.update(state=OutboundState.ACCEPTED)
    assert "Send again" not in page(browser, OUTBOUND)
    assert "It was not sent again." in act(browser, "resend", mail.pk)
    mail.refresh_from_db()
    assert mail.state == OutboundState.ACCEPTED


def test_a_mail_that_goes_out_shows_what_was_decided_and_what_became_of_it(
    browser: Client,
) -> None:
    mail = an_outbound_mail(to_name="Carla Rossi", thread="c1", text="Please reload the page.")
    OutboundMail.objects.update(state=OutboundState.FAILED, attempts=4, smtp_reply="550 Gone")
    shown = page(browser, f"{OUTBOUND}{mail.pk}/")
    for words in ("Carla Rossi carla@acme.example", "Please reload", "550 Gone", "Reply-To"):
        assert words in shown


def test_who_sent_a_mail_again_is_told_on_its_page(browser: Client) -> None:
    mail = an_outbound_mail()
    OutboundMail.objects.update(state=OutboundState.FAILED, last_error="550 No such user.")
    assert "Lea Novak: sent again." in act(browser, "resend", mail.pk)
    assert "550 No such user." in page(browser, f"{OUTBOUND}{mail.pk}/")


def test_the_words_of_a_mail_that_holds_a_secret_are_not_shown(browser: Client) -> None:
    mail = an_outbound_mail(text="The link is https://desk.example/secret", is_private=True)
    shown = page(browser, f"{OUTBOUND}{mail.pk}/")
    assert ("desk.example/secret" in shown, "Send again" in shown) == (False, False)


def test_words_of_a_mail_that_goes_out_are_never_markup(browser: Client) -> None:
    mail = an_outbound_mail(subject="<script>alert(1)</script>", text="<script>alert(2)</script>")
    assert "<script>alert" not in page(browser, f"{OUTBOUND}{mail.pk}/") + page(browser, OUTBOUND)


def test_an_outbound_row_that_is_missing_draws_a_red_line(browser: Client) -> None:
    an_outbound_mail(key="1")
    an_outbound_mail(key="2").delete()
    shown = page(browser, OUTBOUND)
    assert WRONG in shown
    assert "the desk was to send 2 mails, and the ledger has 1." in shown


@pytest.mark.parametrize("who", ["ada", "ben", "carla", "cem", "gil", "ivy"])
def test_nobody_else_finds_a_mail_that_goes_out(
    client_as: Callable[[Person], Client], request: pytest.FixtureRequest, who: str
) -> None:
    address = f"{OUTBOUND}{an_outbound_mail().pk}/"
    assert client_as(request.getfixturevalue(who)).get(address).status_code == 404


@pytest.mark.parametrize(("who", "has_link"), [("lea", True), ("ada", False)])
def test_the_console_links_to_the_ledger_for_leads(
    client_as: Callable[[Person], Client],
    request: pytest.FixtureRequest,
    who: str,
    has_link: bool,
) -> None:
    shown = page(client_as(request.getfixturevalue(who)), "/console/queues/mine/")
    assert (f'href="{INBOUND}"' in shown) is has_link
