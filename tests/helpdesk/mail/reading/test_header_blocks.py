"""The header block above a quoted mail, in many languages."""

import pytest

from helpdesk.mail.reading import header_blocks, lines
from tests.helpdesk.mail.reading.builders import reply_in, reply_in_html

LANGUAGES = [
    "From|Sent|To|Subject",
    "From|Date|To|Subject",
    "Date|From|To|Subject",
    "Von|Gesendet|An|Betreff",
    "De|Envoyé|À|Objet",
    "De|Enviado el|Para|Asunto",
    "De|Enviada em|Para|Assunto",
    "Da|Inviato|A|Oggetto",
    "Van|Verzonden|Aan|Onderwerp",
    "Fra|Sendt|Til|Emne",
    "Från|Skickat|Till|Ämne",
    "Lähettäjä|Lähetetty|Vastaanottaja|Aihe",
    "Od|Wysłano|Do|Temat",
    "Od|Odesláno|Komu|Předmět",
    "Od|Odoslané|Komu|Predmet",
    "Feladó|Elküldve|Címzett|Tárgy",
    "De la|Trimis|Către|Subiect",
    "От|Отправлено|Кому|Тема",
    "Від|Надіслано|Кому|Тема",
    "Kimden|Gönderildi|Kime|Konu",
    "Από|Στάλθηκε|Προς|Θέμα",
    "מאת|נשלח|אל|נושא",
    "من|تاريخ الإرسال|إلى|الموضوع",
    "差出人|送信日時|宛先|件名",
    "发件人|发送时间|收件人|主题",
    "寄件者|寄件日期|收件者|主旨",
    "보낸 사람|보낸 날짜|받는 사람|제목",
    "Từ|Đã gửi|Đến|Chủ đề",
    "Dari|Dikirim|Kepada|Subjek",
]
VALUES = ("Ada Agent <ada@desk.example>", "3 March 2025 16:05", "Carla", "Printer")


def block(words: str, *, form: str = "{}: {}") -> str:
    values = {
        word: next(v for v, i in zip(VALUES, range(4), strict=True) if i == place)
        for place, word in enumerate(words.split("|"))
    }
    return "\n".join(form.format(word, value) for word, value in values.items())


@pytest.mark.parametrize("words", LANGUAGES)
def test_block_ends_the_reply(words: str) -> None:
    assert reply_in(f"Thank you.\n\n{block(words)}\n\nOld words.") == "Thank you."


@pytest.mark.parametrize("form", ["*{}:* {}", "**{}:** {}", "  {} : {}", "{}：{}", "> {}: {}"])
def test_block_may_be_bold_indented_wide_or_quoted(form: str) -> None:
    written = block("From|Sent|To|Subject", form=form)
    assert reply_in(f"Thank you.\n\n{written}\n\n> Old words.") == "Thank you."


@pytest.mark.parametrize(
    "above", ["_" * 32, "-" * 20, "-----Original Message-----", "* * *", "______", ""]
)
def test_rule_above_the_block_goes_with_it(above: str) -> None:
    written = block("From|Sent|To|Subject")
    assert reply_in(f"Thank you.\n\n{above}\n{written}\n\nOld words.") == "Thank you."


def test_address_may_stand_on_the_next_line() -> None:
    written = "From: Ada Agent\n<ada@desk.example>\nSent: Monday 16:05\nTo: Carla\nSubject: Printer"
    assert reply_in(f"Thank you.\n\n{written}\n\nOld words.") == "Thank you."


def test_fields_may_run_together() -> None:
    written = "Date: Mon, 3 Mar 2025 From: ada@desk.example To: Carla Subject: Printer"
    assert reply_in(f"Thank you.\n\n{written}\n\nOld words.") == "Thank you."


def test_block_in_html_ends_the_reply() -> None:
    written = (
        "<p>Thank you.</p><div style='border-top:solid #E1E1E1 1.0pt'><p><b>Von:</b> Ada<br>"
        "<b>Gesendet:</b> Montag 16:05<br><b>An:</b> Carla<br><b>Betreff:</b> Drucker</p></div>"
        "<p>Old words.</p>"
    )
    assert reply_in_html(written) == "Thank you."


@pytest.mark.parametrize(
    "text",
    [
        "From: our database, not from outside.",
        "To: whom it may concern",
        "Subject: the printer\nIt does not print.",
        "Date: today\nPlace: here",
        "An: die Buchhaltung\nBitte prüfen.",
    ],
)
def test_single_word_with_a_colon_is_no_block(text: str) -> None:
    assert header_blocks.starting_at(lines.lines_of(text), 0) == 0


def test_block_with_nothing_above_it_is_a_forwarded_mail() -> None:
    text = f"{block('From|Sent|To|Subject')}\n\nOld words."
    assert reply_in(text) == text


def test_block_in_a_mail_that_says_it_is_forwarded_is_kept() -> None:
    text = f"Please see below.\n\n{block('Von|Gesendet|An|Betreff')}\n\nOld words."
    assert reply_in(text, subject="WG: Drucker") == text
