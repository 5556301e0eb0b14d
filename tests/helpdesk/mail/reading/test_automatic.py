"""Mail that no person wrote."""

import pytest

from helpdesk.mail.reading import read
from tests.helpdesk.mail.reading.builders import raw, read_mail

FIELDS = [
    "Auto-Submitted: auto-replied",
    'Auto-submitted: auto-replied; owner-email="carla@acme.example"',
    "Auto-Submitted: auto-generated (failure)",
    "Precedence: bulk",
    "Precedence: junk",
    "Precedence: auto_reply",
    "X-Auto-Response-Suppress: All",
    "X-Auto-Response-Suppress: DR, OOF, AutoReply",
    "X-Autoreply: yes",
    "X-Autorespond: I am away",
    "X-Apple-Action: VACATION",
    "X-Precedence: bulk",
    "X-Mail-Autoreply: on",
    "X-HolidayReply: yes",
    "X-Acme-Auto-Generated: 1",
    "X-Amazon-Mail-Relay-Type: notification",
    "Delivered-To: Autoresponder",
    "X-Loop: yes",
    "Return-Path: <>",
    "List-Unsubscribe: <https://shop.example/u>",
]
SPARED = [
    "Auto-Submitted: no",
    "Auto-Submitted: auto-forwarded",
    "Precedence: list",
    "X-Auto-Response-Suppress: DR, RN",
    "X-Autoreply: no",
    "X-AutoFooter: 2.0",
    "X-MS-Exchange-AutoForwarded: true",
    "X-MS-Exchange-Inbox-Rules-Loop: carla@acme.example",
    "Return-Path: <carla@acme.example>",
    "List-Unsubscribe: <https://lists.example/u>\nList-Post: <mailto:l@lists.example>",
]
SUBJECTS = [
    "Out of Office: Printer", "Automatic reply: Printer", "Auto: Printer", "AutoReply: Printer",
    "Re: Out of office", "[AUTO GENERATED] Printer", "Abwesenheitsnotiz: Drucker",
    "Automatische Antwort: Drucker", "Réponse automatique : Imprimante",
    "Respuesta automática: Impresora", "Resposta automática: Impressora",
    "Risposta automatica: Stampante", "Automatisch antwoord: Printer", "Autosvar: Printer",
    "Automatiskt svar: Skrivare", "Automaattinen vastaus: Tulostin",
    "Automatyczna odpowiedź: Drukarka", "Automatická odpověď: Tiskárna",
    "Automatikus válasz: Nyomtató", "Răspuns automat: Imprimantă", "Автоответ: Принтер",
    "Автоматический ответ: Принтер", "Otomatik Yanıt: Yazıcı", "Αυτόματη απάντηση: Εκτυπωτής",
    "תשובה אוטומטית: מדפסת", "رد تلقائي: طابعة", "自動応答: プリンター", "自动答复: 打印机",
    "自動回覆: 印表機", "자동 회신: 프린터", "Trả lời tự động: Máy in", "Balasan otomatis: Printer",
]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_header_gives_a_robot_away(field: str) -> None:
    mail = read_mail(field)
    assert mail.auto_generated
    assert mail.auto_reason.endswith(".")


@pytest.mark.parametrize("field", SPARED)
def test_header_of_a_persons_mail_is_no_reason(field: str) -> None:
    assert not read_mail(field).auto_generated


@pytest.mark.parametrize("subject", SUBJECTS)
def test_subject_gives_an_automatic_answer_away(subject: str) -> None:
    mail = read(f"From: carla@acme.example\nSubject: {subject}\n\nI am away.".encode())
    assert mail.auto_generated


@pytest.mark.parametrize(
    "subject",
    ["Printer", "Re: Automatic door", "Autonomous printer", "The office is out of paper",
     "Vacation plans", "Absence of colour"],
)  # fmt: skip
def test_subject_of_a_person_is_no_reason(subject: str) -> None:
    mail = read(f"From: carla@acme.example\nSubject: {subject}\n\nx".encode())
    assert not mail.auto_generated


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("noreply@shop.example", True),
        ("do-not-reply@shop.example", True),
        ("no_reply+17@shop.example", True),
        ("alerts-noreply@shop.example", True),
        ("mailer-daemon@shop.example", True),
        ("root@server.example", True),
        ("norman@shop.example", False),
        ("reply@shop.example", False),
        ("postmaster@acme.example", False),
    ],
)
def test_sender_that_takes_no_answers_is_a_robot(sender: str, expected: bool) -> None:
    mail = read(raw(f"From: {sender}", envelope=False))
    assert mail.auto_generated is expected


def test_reading_report_is_automatic_and_no_bounce() -> None:
    fields = "Content-Type: multipart/report; report-type=disposition-notification; boundary=a"
    body = "--a\n\nread\n--a\nContent-Type: message/disposition-notification\n\nx\n--a--"
    mail = read_mail(fields, body=body)
    assert (mail.auto_generated, mail.bounce) == (True, False)


def test_our_own_loop_header_is_handed_on() -> None:
    assert read_mail("X-Waratah-Desk: desk-1").our_loop == "desk-1"
