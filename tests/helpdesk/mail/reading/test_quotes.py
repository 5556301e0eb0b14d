"""What was written just now."""

import pytest

from helpdesk.mail.reading import REPLY_MARKER, read
from tests.helpdesk.mail.reading.builders import multipart, read_mail, reply_in, reply_in_html

WROTE = "On Mon, Mar 3, 2025 at 4:05 PM Ada <ada@desk.example> wrote:"


def test_quote_below_the_reply_goes() -> None:
    assert reply_in(f"Thank you.\n\n{WROTE}\n\n> Old words.\n> More.") == "Thank you."


def test_quote_above_the_reply_goes() -> None:
    assert reply_in(f"{WROTE}\n> Old words.\n\nThank you.") == "Thank you."


def test_reply_around_a_quote_is_kept_whole() -> None:
    text = f"Thank you.\n\n{WROTE}\n> Old words.\n\nRegards, Carla"
    assert reply_in(text) == "Thank you.\n\nRegards, Carla"


def test_quote_without_signs_goes() -> None:
    assert reply_in(f"Thank you.\n\n{WROTE}\n\nOld words.\n\nOlder words.") == "Thank you."


def test_answers_between_quoted_lines_keep_what_they_answer() -> None:
    text = f"{WROTE}\n> Which version?\n\nThe newest.\n\n> Which printer?\n\nThe red one."
    assert reply_in(text) == text


def test_last_quote_after_such_answers_goes() -> None:
    text = f"{WROTE}\n> Which version?\n\nThe newest.\n\n> Thanks,\n> Ada"
    assert reply_in(text) == f"{WROTE}\n> Which version?\n\nThe newest."


def test_quote_that_the_writer_made_is_kept() -> None:
    text = "The error says\n> out of paper\nbut there is paper."
    assert reply_in(text) == text


def test_long_quote_at_the_end_goes_even_without_attribution() -> None:
    assert reply_in("Thank you.\n\n> one\n> two\n> three") == "Thank you."


def test_attribution_inside_the_quote_is_enough() -> None:
    quoted = "> Le 3 mars 2025 à 16:05, Ada <ada@desk.example> a écrit :\n> Ancien."
    assert reply_in(f"Merci.\n\n{quoted}") == "Merci."


def test_attribution_in_an_unknown_tongue_counts_above_quoted_lines() -> None:
    assert reply_in("Thank you.\n\nAda 03/03/2025 lo ngolo:\n> Old words.") == "Thank you."


def test_link_torn_off_by_wrapping_stays_in_its_quote() -> None:
    quoted = "> See\n (http://desk.example/a) >\n> Bye."
    assert reply_in(f"Thank you.\n\n{WROTE}\n\n{quoted}") == "Thank you."


def test_sign_that_closes_an_address_is_no_quote() -> None:
    wrapped = "On Mon, Mar 3, 2025 at 4:05 PM Ada\n<\nmailto:Ada <ada@desk.example>\n> wrote:"
    assert reply_in(f"Thank you.\n\n{wrapped}\nOld words.") == "Thank you."


def test_reply_that_shares_its_line_with_the_attribution_is_kept() -> None:
    assert reply_in(f"It works! {WROTE}\n> Old words.") == "It works!"


def test_mail_of_nothing_but_quote_is_shown() -> None:
    text = f"{WROTE}\n> Old words."
    assert reply_in(text) == text


@pytest.mark.parametrize(
    "separator",
    [
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "-------- Message d'origine --------",
        "--------- Mensaje original ---------",
        "----- Mensagem original -----",
        "-----Messaggio originale-----",
        "-----Oorspronkelijk bericht-----",
        "-----Oprindelig meddelelse-----",
        "-----Ursprungligt meddelande-----",
        "-----Alkuperäinen viesti-----",
        "-----Wiadomość oryginalna-----",
        "---------- Původní zpráva ----------",
        "-------- Исходное сообщение --------",
        "-----Orijinal Mesaj-----",
        "------------------ 原始邮件 ------------------",
        "-----元のメッセージ-----",
        "-----원본 메시지-----",
        "____Original Message____",
    ],
)
def test_original_message_goes(separator: str) -> None:
    assert reply_in(f"Thank you.\n\n{separator}\n\nOld words.") == "Thank you."


@pytest.mark.parametrize(
    "separator",
    [
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-------- Weitergeleitete Nachricht --------",
        "---------- Message transféré ----------",
        "---------- Mensaje reenviado ---------",
        "-------- Пересылаемое сообщение --------",
    ],
)
def test_forwarded_mail_is_kept(separator: str) -> None:
    text = (
        f"See below.\n\n{separator}\nFrom: Ada <ada@desk.example>\nDate: today 16:05\n\nOld words."
    )
    assert reply_in(text) == text


@pytest.mark.parametrize(
    "marker",
    [
        REPLY_MARKER,
        f"> {REPLY_MARKER}",
        "> ## Please type your reply above\n> this line ##",
        "##- Please type your reply above this line -##",
        "-- Reply ABOVE this line to answer --",
        "-- Antworten Sie bitte oberhalb dieser Zeile --",
        "-- Répondez au-dessus de cette ligne --",
        "この行より上に返信してください",
    ],
)
def test_everything_below_our_marker_goes(marker: str) -> None:
    assert reply_in(f"Thank you.\n\n{marker}\n\nOld words.") == "Thank you."


def test_nothing_is_in_neither_piece() -> None:
    mail = read_mail(body=f"Thank you.\n\n{WROTE}\n> Old words.\n\n-- \nCarla")
    assert mail.reply_text == "Thank you."
    assert mail.quoted_text == f"{WROTE}\n> Old words."
    assert mail.signature_text == "-- \nCarla"


PROGRAMS = {
    "Gmail": '<div>Yes</div><div class="gmail_quote"><div class="gmail_attr">On Monday Ada wrote:'
    "</div><blockquote class=gmail_quote style='border-left:1px'>Old</blockquote></div>",
    "Apple Mail": '<div>Yes</div><blockquote type="cite">On Monday Ada wrote: Old</blockquote>',
    "Thunderbird": '<p>Yes</p><div class="moz-cite-prefix">On Monday Ada wrote:</div>'
    '<blockquote type="cite">Old</blockquote>',
    "Outlook on the web": '<div>Yes</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">'
    "<b>From:</b> Ada</div><div>Old</div><div>Older</div>",
    "Outlook for Mac": '<div>Yes</div><span id="OLK_SRC_BODY_SECTION">Old</span><div>Older</div>',
    "Hotmail": "<div>Yes<hr id='stopSpelling'>From: Ada<br>Old</div>",
    "Yahoo": '<div>Yes</div><div id="ydp1yahoo_quoted_2" class="ydp3yahoo_quoted yahoo_quoted">'
    "On Monday Ada wrote: Old</div>",
    "ProtonMail": '<div>Yes</div><div class="protonmail_quote">On Monday Ada wrote: Old</div>',
    "Zoho": '<div>Yes</div><div class="zmail_extra">---- On Monday Ada wrote ---- Old</div>',
    "mail.ru": "<p>Yes</p>Thu, 26 Jun 2014 14:00:51 +0400 от Ada &lt;ada@desk.example&gt;:<br>"
    "<blockquote style='border-left:1px'>Old</blockquote>",
    "any": "<div>Yes</div><blockquote>Old</blockquote>",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_quote_of_a_program_goes(program: str) -> None:
    assert reply_in_html(PROGRAMS[program]) == "Yes"


def test_block_quote_above_an_attribution_is_the_writers_own() -> None:
    source = f"Yes<blockquote>cited</blockquote><div>{WROTE}</div><blockquote>Old</blockquote>"
    assert reply_in_html(source.replace("<ada@desk.example>", "")) == "Yes\n\ncited"


def test_indented_paragraph_of_gmail_is_no_quote() -> None:
    source = 'Yes<blockquote class="gmail_quote" style="margin:0 0 0 40px">indented</blockquote>'
    assert reply_in_html(source) == "Yes\n\nindented"


def test_html_is_cut_where_its_text_is() -> None:
    mail = read_mail("Content-Type: text/html", body=PROGRAMS["Apple Mail"])
    assert mail.reply_html == "<div>Yes</div>"
    assert mail.quoted_html == '<blockquote type="cite">On Monday Ada wrote: Old</blockquote>'


def test_marks_in_the_html_are_a_second_opinion_on_the_plain_text() -> None:
    plain = "Content-Type: text/plain\n\nYes\n\nOld"
    rich = f"Content-Type: text/html\n\n{PROGRAMS['ProtonMail']}"
    mail = read(multipart("alternative", plain, rich))
    assert (mail.text, mail.reply_text) == ("Yes\n\nOld", "Yes")


def test_second_opinion_does_not_lose_what_only_the_plain_text_says() -> None:
    plain = "Content-Type: text/plain\n\nYes, certainly\n\nOld"
    rich = f"Content-Type: text/html\n\n{PROGRAMS['ProtonMail']}"
    mail = read(multipart("alternative", plain, rich))
    assert mail.reply_text == "Yes, certainly\n\nOld"


def test_only_two_hundred_kilobytes_are_searched() -> None:
    long = "word " * 50_000
    assert reply_in(f"{long}\n\n{WROTE}\n> Old words.").endswith("> Old words.")
