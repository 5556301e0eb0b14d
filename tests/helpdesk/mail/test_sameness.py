"""When two deliveries are one mail."""

from helpdesk.mail.sameness import content_digest, message_key
from tests.helpdesk.mail.mails import a_raw_mail

CARLA = "carla@acme.example"


def test_the_key_is_the_message_id() -> None:
    assert message_key("1@acme.example", sha256="ab") == "1@acme.example"


def test_a_mail_without_message_id_gets_a_key_from_its_bytes() -> None:
    assert message_key(None, sha256="ab") == "digest:ab"


def test_an_endless_message_id_still_fits() -> None:
    assert len(message_key("x" * 5000, sha256="ab")) < 300


def test_what_relays_do_to_a_mail_makes_no_other_mail_of_it() -> None:
    raw = a_raw_mail(text="One\r\nTwo\r\n")
    relayed = b"Received: from mx\r\nDelivered-To: b@desk.example\r\n" + raw
    unix = raw.replace(b"\r\n", b"\n") + b"\n"
    digests = {content_digest(one, author=CARLA) for one in (raw, relayed, unix)}
    assert len(digests) == 1


def test_another_text_or_another_author_is_another_mail() -> None:
    raw = a_raw_mail()
    digests = {
        content_digest(raw, author=CARLA),
        content_digest(raw, author="eve@evil.example"),
        content_digest(a_raw_mail(text="It still burns."), author=CARLA),
    }
    assert len(digests) == 3
