"""Answers to questions in JSON lines."""

import json
from typing import Any

import pytest

from helpdesk.calendars.vectors import VectorError, answer

VECTOR: dict[str, Any] = {
    "id": "x-001",
    "calendar": {"timezone": "Australia/Melbourne", "weekly": {"tue": [["09:00", "17:00"]]}},
    "op": "add",
    "start": "2026-05-12T00:30:00Z",
    "end": "2026-05-13T00:30:00Z",
    "seconds": 3600,
}


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({"op": "add"}, "2026-05-12T01:30:00Z"),
        (
            {"op": "add", "seconds": 0, "start": "2026-05-17T10:00:00.7+10:00"},
            "2026-05-17T00:00:00Z",
        ),
        ({"op": "elapsed"}, 23_400),
        ({"op": "is_open"}, True),
        ({"op": "next_open", "start": "2026-05-12T07:00:00Z"}, "2026-05-18T23:00:00Z"),
        ({"op": "next_open", "calendar": {"timezone": "UTC", "weekly": {}}}, None),
    ],
)
def test_a_vector_is_answered(change: dict[str, Any], result: object) -> None:
    assert answer(json.dumps({**VECTOR, **change})) == {"id": "x-001", "result": result}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"op": "subtract"}, "x-001: “subtract” is not one of add, elapsed, is_open, next_open."),
        ({"seconds": -1}, "x-001: seconds must not be negative."),
        ({"seconds": 1.5}, "x-001: seconds must be a whole number."),
        ({"seconds": True}, "x-001: seconds must be a whole number."),
        ({"start": None}, "x-001: start is not an instant such as 2026-05-12T00:30:00Z."),
        ({"start": "2026-05-12T00:30:00"}, "x-001: start needs an offset"),
        ({"start": "9999-12-31T23:00:00-10:00"}, "x-001: start is not an instant"),
        ({"op": "elapsed", "end": "later"}, "x-001: end is not an instant"),
        ({"calendar": None}, "x-001: A calendar must be an object, not nothing."),
    ],
)
def test_a_vector_that_cannot_be_answered_gets_a_sentence(
    change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(VectorError) as refusal:
        answer(json.dumps({**VECTOR, **change}))
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize("line", ["not json", "[]", "{}"])
def test_a_line_that_is_no_vector_gets_a_sentence(line: str) -> None:
    with pytest.raises(VectorError):
        answer(line)
