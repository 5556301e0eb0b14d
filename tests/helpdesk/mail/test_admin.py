"""The pages of the administration for mail."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk.mail import intake, processing
from helpdesk.mail.models import InboundMail, MailTemplate, OutboundMail, SuppressedAddress
from helpdesk.mail.states import InboundState, OutboundState
from helpdesk.mail.wording import shipped_kinds
from helpdesk.people.models import Person
from tests.helpdesk.mail.mails import a_raw_mail, an_outbound_mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sorter")]


@pytest.fixture
def browser(client_as: Callable[[Person], Client], root: Person) -> Client:
    return client_as(root)


def stored(subject: str = "buy viagra") -> InboundMail:
    receipt = intake.receive(a_raw_mail(subject=subject), source="webhook")
    processing.process(receipt.mail_id)
    return InboundMail.objects.get(pk=receipt.mail_id)


def act(browser: Client, model: str, action: str, *pks: int) -> str:
    answer = browser.post(
        reverse(f"admin:mail_{model}_changelist"),
        {"action": action, "_selected_action": [str(pk) for pk in pks]},
        follow=True,
    )
    return answer.content.decode()


@pytest.mark.parametrize(
    "model", ["inboundmail", "outboundmail", "suppressedaddress", "mailtemplate"]
)
def test_each_list_opens(browser: Client, model: str) -> None:
    stored()
    an_outbound_mail()
    assert browser.get(reverse(f"admin:mail_{model}_changelist")).status_code == 200


def test_a_mail_is_shown_with_its_evidence_and_cannot_be_changed(browser: Client) -> None:
    mail = stored("hello")
    page = browser.get(reverse("admin:mail_inboundmail_change", args=[mail.pk]))
    assert b"&quot;seen&quot;: true" in page.content
    assert b'name="_save"' not in page.content


def test_the_raw_source_is_a_download_that_no_browser_opens(browser: Client) -> None:
    mail = stored()
    answer = browser.get(reverse("admin:mail_inboundmail_raw", args=[mail.pk]))
    assert answer.content == a_raw_mail(subject="buy viagra")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="mail-{mail.pk}.eml"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_only_administrators_get_the_raw_source(
    client_as: Callable[[Person], Client], lea: Person, carla: Person, client: Client
) -> None:
    address = reverse("admin:mail_inboundmail_raw", args=[stored().pk])
    for one in (client_as(lea), client_as(carla), client):
        assert one.get(address).status_code in {302, 404}


def test_spam_can_be_cleared_and_says_by_whom(browser: Client) -> None:
    mail = stored()
    assert "1 mails are processed again now." in act(browser, "inboundmail", "not_spam", mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.history[0]["by"]) == (InboundState.PENDING, "Root Banyan")


def test_a_mail_with_an_effect_is_refused_with_a_sentence(browser: Client) -> None:
    mail = stored("hello")
    page = act(browser, "inboundmail", "process_again", mail.pk)
    assert "This mail has had its effect on a case." in page
    mail.refresh_from_db()
    assert mail.state == InboundState.CASED


def test_a_failed_mail_can_be_sent_again(browser: Client) -> None:
    mail = an_outbound_mail()
    OutboundMail.objects.update(state=OutboundState.FAILED)
    assert "1 of 1 mails are sent again." in act(browser, "outboundmail", "resend", mail.pk)
    assert OutboundMail.objects.get().state == OutboundState.PENDING


def test_a_mail_with_a_secret_is_not_shown(browser: Client) -> None:
    mail = an_outbound_mail(text="the secret link", is_private=True)
    page = browser.get(reverse("admin:mail_outboundmail_change", args=[mail.pk])).content
    assert b"the secret link" not in page
    assert b"as good as a password" in page


def test_an_address_is_suppressed_by_hand_and_lifted(browser: Client) -> None:
    browser.post(
        reverse("admin:mail_suppressedaddress_add"),
        {"address": "Carla@ACME.example", "cause": "by_hand", "detail": ""},
    )
    address = SuppressedAddress.objects.get()
    assert address.address == "carla@acme.example"
    act(browser, "suppressedaddress", "lift", address.pk)
    address.refresh_from_db()
    assert address.lifted_at is not None


def a_template(browser: Client, **more: str) -> bytes:
    kind = shipped_kinds()[0]
    values = {"kind": kind.name, "language": "en", "subject": "Hi", "text": "One\nTwo", "html": ""}
    return browser.post(reverse("admin:mail_mailtemplate_add"), values | more).content


def test_words_with_a_placeholder_that_nothing_fills_are_refused(browser: Client) -> None:
    page = a_template(browser, text="{{ secret_key }}").decode()
    assert "Nothing fills secret_key. This mail knows" in page
    assert not MailTemplate.objects.exists()


def test_words_are_previewed_with_examples_where_nothing_can_run(browser: Client) -> None:
    a_template(browser, text="Hello\n{{ site_name }} <script>")
    template = MailTemplate.objects.get()
    answer = browser.get(reverse("admin:mail_mailtemplate_preview", args=[template.pk]))
    assert b"Waratah" in answer.content
    assert b"Waratah &lt;script&gt;" in answer.content
    assert b"<script" not in answer.content
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_test_mail_goes_to_who_asks_for_it(browser: Client, root: Person) -> None:
    a_template(browser)
    act(browser, "mailtemplate", "send_test", MailTemplate.objects.get().pk)
    mail = OutboundMail.objects.get()
    assert (mail.to_address, mail.subject) == (root.email, "Hi")


def test_a_list_counts_no_further_than_people_page(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.mail.admin.COUNTED_AT_MOST", 2)
    for key in range(5):
        an_outbound_mail(key=str(key))
    page = browser.get(reverse("admin:mail_outboundmail_changelist")).content.decode()
    assert "3 outbound mail" in page
