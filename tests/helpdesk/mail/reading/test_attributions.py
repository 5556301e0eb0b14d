"""The line above a quote, in many languages and programs."""

import pytest

from helpdesk.mail.reading import attributions, lines

UNQUOTED_BELOW = [
    # Gmail, language by language
    "On Mon, Mar 3, 2025 at 4:05 PM Ada Agent <ada@desk.example> wrote:",
    "Am Mo., 3. März 2025 um 16:05 Uhr schrieb Ada Agent <ada@desk.example>:",
    "Ada Agent <ada@desk.example> schrieb am Mo., 3. März 2025, 16:05:",
    "Le lun. 3 mars 2025 à 16:05, Ada Agent <ada@desk.example> a écrit :",
    "El lun, 3 mar 2025 a las 16:05, Ada Agent (<ada@desk.example>) escribió:",
    "Il giorno lun 3 mar 2025 alle ore 16:05 Ada Agent <ada@desk.example> ha scritto:",
    "Em seg., 3 de mar. de 2025 às 16:05, Ada Agent <ada@desk.example> escreveu:",
    "Ada Agent <ada@desk.example> escreveu (segunda, 3/03/2025 à(s) 16:05):",
    "Op ma 3 mrt 2025 om 16:05 schreef Ada Agent <ada@desk.example>:",
    "Den man. 3. mar. 2025 kl. 16.05 skrev Ada Agent <ada@desk.example>:",
    "Den mån 3 mars 2025 kl 16:05 skrev Ada Agent <ada@desk.example>:",
    "man. 3. mar. 2025 kl. 16:05 skrev Ada Agent <ada@desk.example>:",
    "ma 3. maalisk. 2025 klo 16.05 Ada Agent (ada@desk.example) kirjoitti:",
    "pon., 3 mar 2025 o 16:05 Ada Agent <ada@desk.example> napisał(a):",
    "po 3. 3. 2025 v 16:05 odesílatel Ada Agent <ada@desk.example> napsal:",
    "po 3. 3. 2025 o 16:05 Ada Agent <ada@desk.example> napísal(a):",
    "Ada Agent <ada@desk.example> ezt írta (időpont: 2025. márc. 3., H, 16:05):",
    "În lun., 3 mar. 2025 la 16:05, Ada Agent <ada@desk.example> a scris:",
    "пн, 3 мар. 2025 г. в 16:05, Ada Agent <ada@desk.example>:",
    "пн, 3 бер. 2025 р. о 16:05 Ada Agent <ada@desk.example> пише:",
    "На пн, 3.03.2025 г. в 16:05 Ada Agent <ada@desk.example> написа:",
    "Ada Agent <ada@desk.example>, 3 Mar 2025 Pzt, 16:05 tarihinde şunu yazdı:",
    "Στις Δευ 3 Μαρ 2025 στις 4:05 μ.μ., ο χρήστης Ada Agent <ada@desk.example> έγραψε:",
    "\u200fבתאריך יום ב׳, 3 במרץ 2025 ב-16:05 מאת \u202aAda Agent\u202c <ada@desk.example>:",
    "في الاثنين، 3 مارس 2025 في 4:05 م تمت كتابة ما يلي بواسطة Ada Agent <ada@desk.example>:",
    "2025年3月3日(月) 16:05 Ada Agent <ada@desk.example>:",
    "Ada Agent <ada@desk.example> 于2025年3月3日周一 16:05写道：",
    "Ada Agent <ada@desk.example> 於 2025年3月3日 週一 下午4:05寫道：",
    "2025년 3월 3일 (월) 오후 4:05, Ada Agent <ada@desk.example>님이 작성:",
    "Vào Th 2, 3 thg 3, 2025 vào lúc 16:05 Ada Agent <ada@desk.example> đã viết:",
    "Pada tanggal Sen, 3 Mar 2025 pukul 16.05 Ada Agent <ada@desk.example> menulis:",
    "El dl., 3 de març 2025, 16:05, Ada Agent <ada@desk.example> va escriure:",
    "pon, 3. ožu 2025. u 16:05 Ada Agent <ada@desk.example> napisao je:",
    # Apple Mail and phones
    "On 3 Mar 2025, at 4:05 pm, Ada Agent <ada@desk.example> wrote:",
    "Am 03.03.2025 um 16:05 schrieb Ada Agent <ada@desk.example>:",
    "Le 3 mars 2025 à 16:05, Ada Agent <ada@desk.example> a écrit :",
    "El 3 mar 2025, a las 16:05, Ada Agent <ada@desk.example> escribió:",
    "Il giorno 3 mar 2025, alle ore 16:05, Ada Agent <ada@desk.example> ha scritto:",
    "Em 3 de mar. de 2025, à(s) 16:05, Ada Agent <ada@desk.example> escreveu:",
    "No dia 3 de mar. de 2025, às 16:05, Ada Agent <ada@desk.example> escreveu:",
    "Op 3 mrt 2025, om 16:05 heeft Ada Agent <ada@desk.example> het volgende geschreven:",
    "3 mars 2025 kl. 16:05 skrev Ada Agent <ada@desk.example>:",
    "Ada Agent <ada@desk.example> kirjoitti 3.3.2025 kello 16.05:",
    "Wiadomość napisana przez Ada Agent <ada@desk.example> w dniu 03.03.2025, o godz. 16:05:",
    "3. 3. 2025 v 16:05, Ada Agent <ada@desk.example>:",
    "3 марта 2025 г., в 16:05, Ada Agent <ada@desk.example> написал(а):",
    "2025/03/03 16:05、Ada Agent <ada@desk.example>のメール:",
    "2025. 3. 3. 오후 4:05, Ada Agent <ada@desk.example> 작성:",
    "在 2025年3月3日，16:05，Ada Agent <ada@desk.example> 写道：",
    "Ada Agent <ada@desk.example> 於 2025年3月3日 下午4:05 寫道：",
    # Thunderbird, without address
    "On 3/3/25 16:05, Ada Agent wrote:",
    "Am 03.03.25 um 16:05 schrieb Ada Agent:",
    "Le 03/03/2025 à 16:05, Ada Agent a écrit :",
    "El 3/3/25 a las 16:05, Ada Agent escribió:",
    "Il 03/03/2025 16:05, Ada Agent ha scritto:",
    "Em 03/03/2025 16:05, Ada Agent escreveu:",
    "Op 03-03-2025 om 16:05 schreef Ada Agent:",
    "Den 03.03.2025 16:05, skrev Ada Agent:",
    "Den 2025-03-03 kl. 16:05, skrev Ada Agent:",
    "Ada Agent kirjoitti 3.3.2025 klo 16.05:",
    "W dniu 03.03.2025 o 16:05, Ada Agent pisze:",
    "Dne 03. 03. 25 v 16:05 Ada Agent napsal(a):",
    "Dňa 3. 3. 2025 o 16:05 Ada Agent napísal(a):",
    "2025. 03. 03. 16:05 keltezéssel, Ada Agent írta:",
    "Pe 03.03.2025 16:05, Ada Agent a scris:",
    "03.03.2025 16:05, Ada Agent пишет:",
    "03.03.25 16:05, Ada Agent пише:",
    "3.03.2025 16:05 tarihinde Ada Agent yazdı:",
    "Στις 3/3/25 16:05, ο Ada Agent έγραψε:",
    "On 2025/03/03 16:05, Ada Agent wrote:",
    "在 2025/3/3 16:05, Ada Agent 写道:",
    # Yahoo, Zoho, ProtonMail, Outlook, Lotus Notes, mail.ru, Yandex, Sparrow, IMP
    "On Monday, 3 March 2025, 16:05:12 CET, Ada Agent <ada@desk.example> wrote:",
    "---- On Mon, 03 Mar 2025 16:05:12 +0100 Ada Agent <ada@desk.example> wrote ----",
    "---- Vom Mo, 03 Mrz. 2025 16:05:12 +0100 Ada Agent <ada@desk.example> schrieb ----",
    "On Monday, March 3rd, 2025 at 4:05 PM, Ada Agent <ada@desk.example> wrote:",
    "-----Ada Agent <ada@desk.example> wrote: -----",
    "Понедельник, 3 марта 2025, 16:05 +03:00 от Ada Agent <ada@desk.example>:",
    "03.03.2025, 16:05, \"Ada Agent\" <ada@desk.example>:",
    "Monday, 3 March 2025, 16:05 +0300 from Ada Agent <ada@desk.example>:",
    "2025-03-03 16:05 GMT+01:00 Ada Agent <ada@desk.example>:",
    "Quoting Ada Agent <ada@desk.example>, who wrote:",
    "On 2025-03-03 16:05, ada@desk.example wrote:",
    "Ada Agent <ada@desk.example> wrote on 03.03.2025 16:05:12:",
    "ada@desk.example wrote:",
    "*On Mon, Mar 3, 2025 at 4:05 PM Ada Agent <ada@desk.example> wrote:*",
]  # fmt: skip

SPARED = [
    "On the other hand, as I wrote:",
    "On Monday I will call you, and here is what we need:",
    "As I wrote on 5.3.2025:",
    "Wie ich am 13.12.2024 schrieb:",
    "On 12/05/2024 we sent:",
    "In 2019 the auditor wrote a report with these points:",
    "Am Montag um 10:30 passiert Folgendes:",
    "The log of 2025-03-03 16:05:",
    "Steps to reproduce:",
    "Le 3 mars 2025, la facture était fausse :",
    "He wrote that Bob (bob@example.com) has the same problem:",
    "Please write to ada@desk.example:",
    "2025-03-03 16:05 ERROR mail <ada@desk.example>: refused",
    "On error, the program says that somebody wrote to the file",
    "- one thing he said:",
    "He wrote on 3/3/2025 that Bob (bob@example.com) has the same problem:",
    "Ada Agent wrote on 3/3/2025 4:05 PM:",
]

WRAPPED = [
    ["On Mon, Mar 3, 2025 at 4:05 PM Ada Agent <", "ada@desk.example> wrote:"],
    ["On Mon, Mar 3, 2025 at 4:05 PM Ada Agent", "<ada@desk.example> wrote:"],
    ["On Mon, Mar 3, 2025 at 4:05 PM Ada Agent <ada@desk.example>", "wrote:"],
    ["On Mar 3, 2025, at 4:05 PM, Ada Agent <", "ada.agent.of.the.desk@desk.example>", "wrote:"],
    ["Le lun. 3 mars 2025 à 16:05, Ada Agent <ada@desk.example>", "a écrit :"],
    ["El lun, 3 mar 2025 a las 16:05, Ada Agent (<", "ada@desk.example>) escribió:"],
    ["Den mån 3 mars 2025 kl 16:05 skrev Ada Agent <", "ada@desk.example>:"],
    ["Dne po 3. 3. 2025 16:05 uživatel Ada Agent <ada@desk.example>", "napsal:"],
    ["Ada Agent <ada@desk.example> schrieb am Mo., 3.", "März 2025, 16:05:"],
    ["пн, 3 мар. 2025 г. в 16:05, Ada Agent <", "ada@desk.example>:"],
    ["2025年3月3日(月) 16:05 Ada Agent <", "ada@desk.example>:"],
    ["Am", "3. März 2025 16:05:12 schrieb Ada Agent <ada@desk.example>:"],
    ["On Wed, Dec 9, Ada Agent", "<ada@desk.example>", "wrote:"],
]  # fmt: skip


def found_in(*texts: str) -> attributions.Attribution | None:
    written = lines.lines_of("\n".join(texts))
    if not attributions.may_end(written[-1].text):
        return None
    return attributions.ending_at(written, len(written) - 1, floor=0)


@pytest.mark.parametrize("line", UNQUOTED_BELOW)
def test_line_is_an_attribution_even_above_text_without_quote_signs(line: str) -> None:
    assert found_in("Thanks.", "", line) == attributions.Attribution(2, 2)


@pytest.mark.parametrize("line", SPARED)
def test_sentence_is_not_taken_for_an_attribution(line: str) -> None:
    found = found_in("Hello.", "", line)
    assert found is None or found.weak


@pytest.mark.parametrize("texts", WRAPPED)
def test_attribution_may_be_wrapped(texts: list[str]) -> None:
    found = found_in("Thanks.", "", *texts)
    assert found == attributions.Attribution(2, 1 + len(texts))


def test_attribution_does_not_swallow_the_sentence_above_it() -> None:
    found = found_in("On the other hand it fails", "On 3/3/25 16:05, Ada wrote:")
    assert found == attributions.Attribution(1, 1)


def test_reply_may_share_the_line_with_the_attribution() -> None:
    found = found_in("It works! On Mon, Mar 3, 2025 at 4:05 PM, ada@desk.example wrote:")
    assert found is not None
    assert found.kept == len("It works! ")
