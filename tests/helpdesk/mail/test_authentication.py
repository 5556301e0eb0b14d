"""Whose word about the sender counts (security.md T1, T8)."""

import pytest

from helpdesk.mail.authentication import AuthVerdict, verdict_in
from tests.helpdesk.mail.mails import a_raw_mail

OURS = "mx.desk.example"
GOOD = (
    "Authentication-Results: mx.desk.example; dmarc=pass header.from=acme.example;\r\n"
    " spf=pass smtp.mailfrom=carla@acme.example; dkim=fail header.d=list.example;\r\n"
    " dkim=pass header.d=acme.example\r\n"
)


def test_our_own_relay_is_believed() -> None:
    assert verdict_in(a_raw_mail(more=GOOD), trusted=[OURS]) == AuthVerdict(
        by=OURS,
        spf="pass",
        spf_domain="acme.example",
        dkim="pass",
        dkim_domain="acme.example",
        dmarc="pass",
        dmarc_domain="acme.example",
    )


@pytest.mark.parametrize("trusted", [[], ["mx.other.example"], ["desk.example"], ["example"]])
def test_nobody_else_is_believed(trusted: list[str]) -> None:
    assert verdict_in(a_raw_mail(more=GOOD), trusted=trusted) == AuthVerdict()


def test_the_topmost_of_our_headers_counts() -> None:
    forged = GOOD.replace("dmarc=pass", "dmarc=fail", 1)
    assert verdict_in(a_raw_mail(more=forged + GOOD), trusted=[OURS]).dmarc == "fail"


def test_a_header_in_the_body_or_in_an_enclosed_mail_does_not_count() -> None:
    assert verdict_in(a_raw_mail(text=GOOD), trusted=[OURS]) == AuthVerdict()


@pytest.mark.parametrize(
    "value",
    ["", ";;;", "mx.desk.example", "mx.desk.example; spf", "mx.desk.example; dkim=pass (" * 900],
)
def test_a_header_that_makes_no_sense_says_nothing(value: str) -> None:
    raw = a_raw_mail(more=f"Authentication-Results: {value}\r\n")
    assert verdict_in(raw, trusted=[OURS]) == AuthVerdict()


def test_a_stored_verdict_is_read_back() -> None:
    verdict = AuthVerdict(by=OURS, dmarc="pass", dmarc_domain="acme.example")
    assert AuthVerdict.stored({"by": OURS, "dmarc": "pass", "dmarc_domain": "acme.example"}) == (
        verdict
    )
    assert (verdict.is_known, AuthVerdict.stored({}).is_known) == (True, False)
