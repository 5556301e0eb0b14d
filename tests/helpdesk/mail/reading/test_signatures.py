"""Signatures and device footers."""

import pytest

from tests.helpdesk.mail.reading.builders import read_mail, reply_in, reply_in_html

FOOTERS = [
    "Sent from my iPhone",
    "Sent from my Samsung Galaxy smartphone.",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Sent with Proton Mail secure email.",
    "Von meinem iPhone gesendet",
    "Gesendet von Outlook für Android",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPad",
    "Sendt fra min iPhone",
    "Skickat från min iPhone",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "iPhone'umdan gönderildi",
    "iPhoneから送信",
    "发自我的iPhone",
    "나의 iPhone에서 보냄",
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_device_footer_goes(footer: str) -> None:
    assert reply_in(f"Thank you.\n\n{footer}") == "Thank you."


@pytest.mark.parametrize("delimiter", ["-- ", "--"])
def test_signature_below_its_delimiter_goes(delimiter: str) -> None:
    assert reply_in(f"Thank you.\n{delimiter}\nCarla Client\nAcme") == "Thank you."


def test_footer_of_a_mailing_list_goes() -> None:
    footer = "_" * 40 + "\nusers mailing list\nhttps://lists.example/listinfo/users"
    assert reply_in(f"Thank you.\n\n{footer}") == "Thank you."


@pytest.mark.parametrize(
    "text",
    [
        "Thank you.\n\nSent from my desk, which is easier than my phone.",
        "Sent from my iPhone",
        "First:\n-- check the paper\n-- check the ink",
        "The log was sent from the printer. It is attached.\n\nCan you see it?",
        "a\n---\nb",
        "Thank you.\n\n—\nCarla",
    ],
)
def test_what_may_be_text_is_kept(text: str) -> None:
    assert reply_in(text) == text


def test_delimiter_far_from_the_end_is_text() -> None:
    text = "a\n--\n" + "\n".join(f"line {n}" for n in range(40))
    assert reply_in(text) == text


def test_signature_marked_in_html_goes() -> None:
    source = '<div>Yes</div><div class="gmail_signature">Carla<br>Acme</div>'
    assert reply_in_html(source) == "Yes"
    assert read_mail("Content-Type: text/html", body=source).signature_text == "Carla\nAcme"
