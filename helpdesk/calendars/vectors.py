"""Questions about business time as JSON lines, answered: how the arithmetic is checked.

The form of a line is in the README of this package. Pure, like the arithmetic it asks.
"""

import json
from datetime import UTC, datetime
from typing import Any

from helpdesk.calendars.working_time import ScheduleError, WorkingTime, compiled, schedule_from_json

Answer = bool | int | str | None


class VectorError(ValueError):
    """A line that cannot be answered; the message is a sentence."""


def answer(line: str) -> dict[str, Any]:
    """`{"id": ..., "result": ...}` for one line. Raises `VectorError`."""
    try:
        vector = json.loads(line)
    except ValueError as error:
        raise VectorError(f"this is not JSON ({error})") from error
    if not isinstance(vector, dict) or "id" not in vector:
        raise VectorError("a vector is an object with an id")
    try:
        schedule = schedule_from_json(vector.get("calendar"))
        return {"id": vector["id"], "result": _result(compiled(schedule), vector)}
    except (ScheduleError, VectorError) as error:
        raise VectorError(f"{vector['id']}: {error}") from error


def _result(working_time: WorkingTime, vector: dict[str, Any]) -> Answer:
    start = _instant(vector.get("start"), what="start")
    match vector.get("op"):
        case "add":
            return _text(working_time.add(start, _seconds(vector.get("seconds"))))
        case "elapsed":
            return working_time.elapsed(start, _instant(vector.get("end"), what="end"))
        case "is_open":
            return working_time.is_open(start)
        case "next_open":
            return _text(working_time.next_open(start))
        case other:
            raise VectorError(f"“{other}” is not one of add, elapsed, is_open, next_open.")


def _instant(value: object, *, what: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value if isinstance(value, str) else "")
        offset = instant.utcoffset()
        in_utc = instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise VectorError(f"{what} is not an instant such as 2026-05-12T00:30:00Z.") from error
    if offset is None:
        raise VectorError(f"{what} needs an offset, such as the Z in 2026-05-12T00:30:00Z.")
    return in_utc


def _seconds(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise VectorError("seconds must be a whole number.")
    if value < 0:
        raise VectorError("seconds must not be negative.")
    return value


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat().replace("+00:00", "Z")
