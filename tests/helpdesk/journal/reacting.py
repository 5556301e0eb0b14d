"""A roof for the tests of dispatch: two reactions, one of which fails when told to."""

from typing import Any

from helpdesk.journal.dispatch import React
from helpdesk.journal.models import Entry

calls: list[str] = []
faults: dict[str, Exception] = {}


def note(entry: Entry) -> None:
    calls.append("note")


def stumble(entry: Entry) -> None:
    """Leave a row behind and then fail, so that a test can see that the row went too."""
    copy: dict[str, Any] = {"kind": "test.effect", "subject_kind": "test", "subject_id": 8}
    Entry.objects.create(**copy, at=entry.at, audience=entry.audience, actor_label="test")
    if fault := faults.get("stumble"):
        raise fault
    calls.append("stumble")


EVERY: tuple[React, ...] = (note,)
REACTIONS: dict[str, tuple[React, ...]] = {"test.told": (stumble,)}
