"""Message-IDs and dates."""

from datetime import UTC, datetime

import pytest

from helpdesk.mail.reading import dates, message_ids


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("<a@x.example>", ("a@x.example",)),
        ("<a@x.example> <b@y.example>", ("a@x.example", "b@y.example")),
        ("<a@x.example><b@y.example>", ("a@x.example", "b@y.example")),
        ("<folded. id@x.example>", ("folded.id@x.example",)),
        ("<1234   @   local(blah)  .machine .example>", ("1234@local.machine.example",)),
        ("<no-at-sign>", ("no-at-sign",)),
        ("a@x.example", ("a@x.example",)),
        ("a@x.example, b@y.example", ("a@x.example", "b@y.example")),
        ("Your message of Monday <a@x.example>", ("a@x.example",)),
        ("Your message of Monday", ()),
        ("", ()),
    ],
)
def test_ids_are_found(field: str, expected: tuple[str, ...]) -> None:
    assert message_ids.parse(field) == expected


@pytest.mark.parametrize(
    "field",
    [
        "Mon, 03 Mar 2025 16:05:12 +0100",
        "3 Mar 2025 15:05:12 GMT",
        "Mon, 03 Mar 2025 15:05:12",
        "Mon, 03 Mar 2025 10:05:12 -0500 (EST)",
    ],
)
def test_date_is_read_in_utc(field: str) -> None:
    assert dates.parse(field) == datetime(2025, 3, 3, 15, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize("field", ["", "yesterday", "Mon, 99 Foo 2025 99:99:99", "1" * 5_000])
def test_what_is_no_date_is_none(field: str) -> None:
    assert dates.parse(field) is None


def test_ids_in_encoded_words_are_read() -> None:
    assert message_ids.parse("=?utf-8?q?=3Ca=40b=2Eexample=3E?=") == ("a@b.example",)
