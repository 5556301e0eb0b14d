"""A mail, read from end to end."""

from datetime import UTC, datetime

import pytest

from helpdesk.mail.reading import MailUnreadable, read
from tests.helpdesk.mail.reading.builders import raw, read_mail

WHOLE = b"""\
Return-Path: <bounce+carla@acme.example>
Delivered-To: support@desk.example
X-Original-To: help@desk.example
Authentication-Results: mx.desk.example; dkim=pass header.d=acme.example
From: "Client, Carla" <carla@acme.example>
Sender: office@acme.example
Reply-To: Carla <carla.private@acme.example>
To: Support <support@desk.example>, help@desk.example
Cc: cem@acme.example
Subject: Re: [#1042] =?utf-8?q?Dr=C3=BCcker?=
Date: Mon, 03 Mar 2025 16:05:12 +0100
Message-ID: <one@acme.example>
In-Reply-To: <ours@desk.example> <other@desk.example>
References: <first@desk.example> <ours@desk.example>
List-Id: Users <users.acme.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

It works.
"""


def test_header_is_read() -> None:
    mail = read(WHOLE)
    assert (mail.from_name, mail.from_email) == ("Client, Carla", "carla@acme.example")
    assert mail.sender is not None
    assert mail.sender.email == "office@acme.example"
    assert [each.email for each in mail.reply_to] == ["carla.private@acme.example"]
    assert [each.email for each in mail.to] == ["support@desk.example", "help@desk.example"]
    assert [each.email for each in mail.cc] == ["cem@acme.example"]
    assert mail.delivered_to == ("support@desk.example", "help@desk.example")
    assert mail.return_path == "bounce+carla@acme.example"


def test_thread_and_trust_are_read() -> None:
    mail = read(WHOLE)
    assert mail.subject == "Re: [#1042] Drücker"
    assert mail.date == datetime(2025, 3, 3, 15, 5, 12, tzinfo=UTC)
    assert mail.message_id == "one@acme.example"
    assert mail.in_reply_to == "ours@desk.example"
    assert mail.in_reply_to_ids == ("ours@desk.example", "other@desk.example")
    assert mail.references == ("first@desk.example", "ours@desk.example")
    assert mail.list_id == "Users <users.acme.example>"
    assert mail.authentication_results == ("mx.desk.example; dkim=pass header.d=acme.example",)
    assert mail.defects == ()


@pytest.mark.parametrize(
    ("fields", "email"),
    [
        (["From: carla@acme.example"], "carla@acme.example"),
        (["Sender: carla@acme.example"], "carla@acme.example"),
        (["From: nobody", "Sender: carla@acme.example"], "carla@acme.example"),
        (["From: <>", "Reply-To: carla@acme.example"], "carla@acme.example"),
        (["Return-Path: <carla@acme.example>"], "carla@acme.example"),
        (["From: =?utf-8?q?carla=40acme.example?="], "carla@acme.example"),
        (["From: MAILER-DAEMON"], None),
        ([], None),
    ],
)
def test_author_is_the_first_usable_address(fields: list[str], email: str | None) -> None:
    assert read_mail(*fields, "Subject: x", envelope=False).from_email == email


def test_second_author_is_noticed() -> None:
    mail = read_mail("From: carla@acme.example", "From: eve@evil.example", envelope=False)
    assert [author.email for author in mail.authors] == ["carla@acme.example", "eve@evil.example"]
    assert mail.from_email == "carla@acme.example"
    assert "The mail names more than one author." in mail.defects


def test_null_sender_differs_from_an_unknown_one() -> None:
    assert read_mail("Return-Path: <>").return_path == ""
    assert read_mail().return_path is None


@pytest.mark.parametrize("empty", [b"", b"\n\n", b" \r\n"])
def test_empty_mail_is_refused_with_a_sentence(empty: bytes) -> None:
    with pytest.raises(MailUnreadable, match=r"^The mail is empty\.$"):
        read(empty)


def test_any_other_bytes_are_a_mail() -> None:
    mail = read(bytes(range(256)))
    assert mail.from_email is None


def test_nul_and_surrogates_do_not_get_through() -> None:
    mail = read(raw("Content-Type: text/plain; charset=utf-8", body=b"a\x00b\xed\xa0\x80c"))
    assert "\x00" not in mail.text
    assert mail.text.encode()
