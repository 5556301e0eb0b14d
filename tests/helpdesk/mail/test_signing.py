"""Marks that only this desk can make (security.md T1 to T3)."""

import re

import pytest
from pytest_django.fixtures import Settings

from helpdesk.mail import signing


def test_a_reply_address_leads_back_to_its_subject() -> None:
    assert signing.read_reply_address(signing.reply_address("c123")) == "c123"


def test_a_reply_address_survives_servers_that_change_letter_case() -> None:
    assert signing.read_reply_address(signing.reply_address("c123").upper()) == "c123"


def test_a_reply_address_stands_at_our_domain_and_fits_a_local_part() -> None:
    local, _, domain = signing.reply_address("c123456789012345678901-9").rpartition("@")
    assert (domain, local.startswith("support+c")) == ("waratah.example", True)
    assert len(local) <= 64


def test_a_subject_that_cannot_stand_in_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot stand in an address"):
        signing.reply_address("c1@evil")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "support@waratah.example",
        "support+c124.{signature}@waratah.example",
        "support+c123.{signature}x@waratah.example",
        "support+c123.@waratah.example",
        "support+c123@waratah.example",
        "support+c123.aaaaaaaaaaaaaaaaaaaaaaaaaaaa@waratah.example",
        "x support+c123.{signature}@waratah.example",
        "support+c123.{signature}@waratah.example, b@evil.example",
    ],
)
def test_an_address_that_we_did_not_sign_means_nothing(address: str) -> None:
    signature = signing.reply_address("c123").partition(".")[2].partition("@")[0]
    assert signing.read_reply_address(address.format(signature=signature)) is None


def test_every_single_change_of_a_signature_is_found() -> None:
    local, _, domain = signing.reply_address("c123").rpartition("@")
    start = local.index(".") + 1
    forged = [
        f"{local[:i]}{'a' if local[i] != 'a' else 'b'}{local[i + 1 :]}@{domain}"
        for i in range(start, len(local))
    ]
    assert [signing.read_reply_address(one) for one in forged] == [None] * 28


def test_a_signature_has_128_bits_and_names_its_key() -> None:
    signature = signing.reply_address("c123").partition(".")[2].partition("@")[0]
    assert re.fullmatch(r"[a-z2-7]{2}[a-z2-7]{26}", signature)


def test_a_message_id_is_the_same_for_the_same_row_and_differs_for_another() -> None:
    first = signing.own_message_id("c5", key="ack:case:5")
    assert first == signing.own_message_id("c5", key="ack:case:5")
    assert first != signing.own_message_id("c5", key="ack:case:6")


def test_a_message_id_leads_back_to_its_subject_with_and_without_brackets() -> None:
    message_id = signing.own_message_id("c5", key="ack:case:5")
    assert signing.read_own_message_id(message_id) == "c5"
    assert signing.read_own_message_id(f" <{message_id}> ") == "c5"


@pytest.mark.parametrize("forged", ["", "<>", "c5@waratah.example", "junk", "a@b", "x" * 5000])
def test_a_message_id_of_somebody_else_means_nothing(forged: str) -> None:
    assert signing.read_own_message_id(forged) is None


def test_a_message_id_cannot_be_moved_to_another_subject() -> None:
    message_id = signing.own_message_id("c5", key="k").replace("c5.", "c6.", 1)
    assert signing.read_own_message_id(message_id) is None


def test_a_signature_for_one_purpose_is_none_for_another() -> None:
    signature = signing.reply_address("c5").partition(".")[2].partition("@")[0]
    named = signing.own_message_id("c5", key="k").rsplit(".", 2)[0]
    assert signing.read_own_message_id(f"{named}.{signature}@waratah.example") is None


def test_what_an_earlier_key_signed_is_still_read(settings: Settings) -> None:
    address, mark = signing.reply_address("c9"), signing.instance_mark()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key"
    assert signing.read_reply_address(address) == "c9"
    assert signing.is_own_mark(mark)
    assert signing.reply_address("c9") != address


def test_a_key_that_was_given_up_opens_nothing(settings: Settings) -> None:
    address = signing.reply_address("c9")
    settings.SECRET_KEY = "a-new-key"
    assert signing.read_reply_address(address) is None


@pytest.mark.parametrize("value", ["", "yes", "aa" * 14, "ÄÖ"])
def test_the_mark_of_another_instance_is_not_ours(value: str) -> None:
    assert not signing.is_own_mark(value)
