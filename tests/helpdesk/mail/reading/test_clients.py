"""What was written now, from each program in each language that clients use."""

import pytest

from helpdesk.mail.reading import read
from tests.helpdesk.mail.reading.builders import raw

WROTE = "Danke, jetzt geht es / Thanks, it works now."
OLD = "Please reload the page and tell us what you see."
ADA, BOX = "Ada Lovelace", "Ada Lovelace <ada@desk.example>"

GMAIL = f"""\
On Tue, May 12, 2026 at 12:00 PM {BOX} wrote:
Am Di., 12. Mai 2026 um 12:00 Uhr schrieb {BOX}:
Le mar. 12 mai 2026 à 12:00, {BOX} a écrit :
El mar, 12 may 2026 a las 12:00, {ADA} (<ada@desk.example>) escribió:
Il giorno mar 12 mag 2026 alle ore 12:00 {BOX} ha scritto:
Em ter., 12 de mai. de 2026 às 12:00, {BOX} escreveu:
{BOX} escreveu (terça, 12/05/2026 à(s) 12:00):
Op di 12 mei 2026 om 12:00 schreef {BOX}:
Den tir. 12. maj 2026 kl. 12.00 skrev {BOX}:
Den tis 12 maj 2026 kl 12:00 skrev {BOX}:
tir. 12. mai 2026 kl. 12:00 skrev {BOX}:
ti 12.5.2026 klo 12.00 {ADA} (ada@desk.example) kirjoitti:
wt., 12 maj 2026 o 12:00 {BOX} napisał(a):
út 12. 5. 2026 v 12:00 odesílatel {BOX} napsal:
вт, 12 мая 2026 г. в 12:00, {BOX}:
12 мая 2026 г., 12:00 пользователь {BOX} написал:
{BOX}, 12 May 2026 Sal, 12:00 tarihinde şunu yazdı:
2026年5月12日(火) 12:00 {BOX}:
{BOX} 于2026年5月12日周二 12:00写道：
{BOX} 於 2026年5月12日週二 下午12:00寫道：
2026년 5월 12일 (화) 오후 12:00, {BOX}님이 작성:""".splitlines()

APPLE = f"""\
On 12 May 2026, at 12:00, {BOX} wrote:
On May 12, 2026, at 12:00 PM, {BOX} wrote:
Am 12.05.2026 um 12:00 schrieb {BOX}:
Le 12 mai 2026 à 12:00, {BOX} a écrit :
El 12 may 2026, a las 12:00, {BOX} escribió:
Il giorno 12 mag 2026, alle ore 12:00, {BOX} ha scritto:
Em 12 de mai. de 2026, à(s) 12:00, {BOX} escreveu:
No dia 12/05/2026, às 12:00, {BOX} escreveu:
Op 12 mei 2026, om 12:00 heeft {BOX} het volgende geschreven:
Den 12. maj 2026 kl. 12.00 skrev {BOX}:
12 maj 2026 kl. 12:00 skrev {BOX}:
12. mai 2026 kl. 12:00 skrev {BOX}:
{BOX} kirjoitti 12.5.2026 kello 12.00:
Wiadomość napisana przez {BOX} w dniu 12 maj 2026, o godz. 12:00:
12. 5. 2026 v 12:00, {BOX}:
12 мая 2026 г., в 12:00, {BOX} написал(а):
{BOX} şunları yazdı (12 May 2026 12:00):
2026/05/12 12:00、{BOX}のメール:
2026年5月12日 12:00，{BOX} 写道：
2026. 5. 12. 오후 12:00, {BOX} 작성:""".splitlines()

THUNDERBIRD = f"""\
On 12/05/2026 12:00, {ADA} wrote:
On 5/12/26 12:00 PM, {ADA} wrote:
Am 12.05.26 um 12:00 schrieb {ADA}:
Le 12/05/2026 à 12:00, {ADA} a écrit :
El 12/5/26 a las 12:00, {ADA} escribió:
Il 12/05/2026 12:00, {ADA} ha scritto:
Em 12/05/2026 12:00, {ADA} escreveu:
Op 12-05-2026 om 12:00 schreef {ADA}:
Den 12.05.2026 kl. 12.00 skrev {ADA}:
Den 2026-05-12 kl. 12:00, skrev {ADA}:
Den 12.05.2026 12:00, skrev {ADA}:
{ADA} kirjoitti 12.5.2026 klo 12.00:
W dniu 12.05.2026 o 12:00, {ADA} pisze:
Dne 12. 05. 26 v 12:00 {ADA} napsal(a):
12.05.2026 12:00, {ADA} пишет:
12.05.2026 12:00 tarihinde {ADA} yazdı:
On 2026/05/12 12:00, {ADA} wrote:
在 2026/5/12 12:00, {ADA} 写道:
2026-05-12 오후 12:00에 {ADA} 이(가) 쓴 글:""".splitlines()

YAHOO_AND_PROTON = f"""\
On Tuesday, May 12, 2026 at 12:00:00 PM GMT+10, {BOX} wrote:
On Tuesday, 12 May 2026 at 12:00, {BOX} wrote:
On Tuesday, May 12th, 2026 at 12:00 PM, {BOX} wrote:
Am Dienstag, 12. Mai 2026 um 12:00:00 MESZ hat {BOX} Folgendes geschrieben:
{BOX} schrieb am Dienstag, 12. Mai 2026 um 12:00:
Le mardi 12 mai 2026 à 12:00:00 UTC+2, {BOX} a écrit :
En martes, 12 de mayo de 2026, 12:00:00 GMT+2, {BOX} escribió:
Il martedì 12 maggio 2026 alle ore 12:00:00 CEST, {BOX} ha scritto:
Em terça-feira, 12 de maio de 2026 12:00:00 BRT, {BOX} escreveu:
Op dinsdag 12 mei 2026 om 12:00:00 CEST schreef {BOX}:
Den tisdag 12 maj 2026 12:00:00 CEST, {BOX} skrev:
tiistai 12. toukokuuta 2026 klo 12.00.00 UTC+3 {BOX} kirjoitti:
W dniu wtorek, 12 maja 2026 12:00:00 CEST użytkownik {BOX} napisał:
вторник, 12 мая 2026 г., 12:00:00 GMT+3, {BOX} написал(а):
12 Mayıs 2026 Salı 12:00:00 GMT+3 tarihinde {BOX} şunu yazdı:""".splitlines()

FIELDS = """\
From|Sent|To|Subject
Von|Gesendet|An|Betreff
De|Envoyé|À|Objet
De|Enviado el|Para|Asunto
Da|Inviato|A|Oggetto
De|Enviado|Para|Assunto
De|Enviada em|Para|Assunto
Van|Verzonden|Aan|Onderwerp
Fra|Sendt|Til|Emne
Från|Skickat|Till|Ämne
Lähettäjä|Lähetetty|Vastaanottaja|Aihe
Od|Wysłano|Do|Temat
Od|Odesláno|Komu|Předmět
От|Отправлено|Кому|Тема
Kimden|Gönderildi|Kime|Konu
差出人|送信日時|宛先|件名
发件人|发送时间|收件人|主题
寄件者|寄件日期|收件者|主旨
보낸 사람|보낸 날짜|받는 사람|제목""".splitlines()

SAMSUNG = """\
Original message|From|Date|To|Subject
Ursprüngliche Nachricht|Von|Datum|An|Betreff
Message d'origine|De|Date|À|Objet
Mensaje original|De|Fecha|Para|Asunto
Messaggio originale|Da|Data|A|Oggetto
Mensagem original|De|Data|Para|Assunto
Oorspronkelijk bericht|Van|Datum|Aan|Onderwerp
Oprindelig besked|Fra|Dato|Til|Emne
Originalmeddelande|Från|Datum|Till|Rubrik
Alkuperäinen viesti|Lähettäjä|Päivämäärä|Saaja|Aihe
Wiadomość oryginalna|Od|Data|Do|Temat
Původní zpráva|Od|Datum|Komu|Předmět
Исходное сообщение|От|Дата|Кому|Тема
Orijinal mesaj|Kimden|Tarih|Alıcı|Konu
元のメッセージ|差出人|日付|宛先|件名
原始邮件|发件人|日期|收件人|主题
원본 메시지|발신|날짜|수신|제목""".splitlines()


def reply_in(body: str, *, is_html: bool = False) -> str:
    kind = "html" if is_html else "plain"
    return read(raw(f"Content-Type: text/{kind}; charset=utf-8", body=body)).reply_text


@pytest.mark.parametrize("line", GMAIL + APPLE + THUNDERBIRD + YAHOO_AND_PROTON)
def test_an_attribution_above_quoted_lines_goes_with_them(line: str) -> None:
    assert reply_in(f"{WROTE}\n\n{line}\n\n> {OLD}\n> Ada\n") == WROTE


@pytest.mark.parametrize("line", GMAIL + APPLE + YAHOO_AND_PROTON)
def test_an_attribution_is_known_even_where_the_quote_is_not_marked(line: str) -> None:
    assert reply_in(f"{WROTE}\n\n{line}\n\n{OLD}\n\nAda\n") == WROTE


@pytest.mark.parametrize("line", GMAIL + APPLE)
def test_an_attribution_may_be_wrapped(line: str) -> None:
    wrapped = line.replace(" <", "\n<", 1)
    assert reply_in(f"{WROTE}\n\n{wrapped}\n\n> {OLD}\n") == WROTE


@pytest.mark.parametrize("line", GMAIL + APPLE + THUNDERBIRD + YAHOO_AND_PROTON)
def test_the_same_in_html_with_a_blockquote(line: str) -> None:
    shown = line.replace("<", "&lt;").replace(">", "&gt;")
    html = f"<div>{WROTE}</div><br><div>{shown}<br><blockquote>{OLD}</blockquote></div>"
    assert reply_in(html, is_html=True) == WROTE


@pytest.mark.parametrize("fields", FIELDS)
def test_a_block_of_headers_ends_the_reply(fields: str) -> None:
    sender, date, to, subject = fields.split("|")
    block = f"{sender}: {BOX}\n{date}: 12.05.2026 12:00\n{to}: Carla\n{subject}: Report"
    assert reply_in(f"{WROTE}\n\n{block}\n\n{OLD}\n") == WROTE
    assert reply_in(f"{WROTE}\n\n________________________________\n{block}\n\n{OLD}\n") == WROTE


@pytest.mark.parametrize("fields", FIELDS)
def test_a_block_of_headers_in_bold_html_ends_the_reply(fields: str) -> None:
    sender, date, to, subject = fields.split("|")
    html = (
        f"<p>{WROTE}</p><div><hr><p><b>{sender}:</b> Ada &lt;ada@desk.example&gt;<br>"
        f"<b>{date}:</b> 12.05.2026 12:00<br><b>{to}:</b> Carla<br><b>{subject}:</b> Report</p>"
        f"</div><p>{OLD}</p>"
    )
    assert reply_in(html, is_html=True) == WROTE


@pytest.mark.parametrize("fields", SAMSUNG)
def test_a_line_that_says_original_message_ends_the_reply(fields: str) -> None:
    title, sender, date, to, subject = fields.split("|")
    block = f"{sender}: {BOX}\n{date}: 12.05.26 12:00 (GMT+10:00)\n{to}: Carla\n{subject}: Report"
    assert reply_in(f"{WROTE}\n\n-------- {title} --------\n{block}\n\n{OLD}\n") == WROTE
    assert reply_in(f"{WROTE}\n\n-----{title}-----\n{block}\n\n{OLD}\n") == WROTE


SPARED = [
    "On the other hand, Ada wrote that it works:\n\n1. reload\n2. sign in",
    "Am Montag schrieb ich Ihnen schon einmal wegen des Berichts.",
    "Le 12 mai 2026, nous avons reçu votre facture:\nelle est fausse.",
    "El lunes escribió mi colega que todo funciona.",
    "From: the report\nto the invoice, everything is empty.",
    "My colleague wrote:\nthe report is empty.",
    "Von: hier an ist alles leer.",
    "Subject: none\nPlease call me.",
    "2026年5月12日に再起動しました。それでも直りません。",
]


@pytest.mark.parametrize("text", SPARED)
def test_what_only_looks_like_a_quote_is_shown(text: str) -> None:
    assert reply_in(text) == text
