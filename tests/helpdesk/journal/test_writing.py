"""News is written with its cause, and announced after the commit."""

from datetime import UTC, datetime

import pytest

from helpdesk.journal.kinds import Audience, Kind, declare, kind_named
from helpdesk.journal.models import Entry
from helpdesk.journal.timeline import timeline
from helpdesk.journal.writing import write
from helpdesk.people.actors import SYSTEM

NOON = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
TOLD = Kind("test.told", "{by} told {what}.", Audience.CLIENT)
HIDDEN = Kind("test.hidden", "{by} hid {what}.", Audience.AGENTS)


def tell(kind: Kind = TOLD, what: str = "it") -> Entry:
    return write(
        kind,
        subject_kind="test",
        subject_id=7,
        organisation_id=None,
        by=SYSTEM,
        at=NOON,
        data={"what": what},
    )


@pytest.mark.django_db(transaction=True)
def test_news_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        tell()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_timeline_holds_only_what_its_reader_may_read() -> None:
    tell(TOLD)
    tell(HIDDEN)
    read = timeline(subject_kind="test", subject_id=7, audiences=[Audience.CLIENT])
    assert [entry.kind for entry in read] == ["test.told"]


@pytest.mark.django_db
def test_words_from_people_are_never_a_format() -> None:
    declare("test.quoted", "{by} told {what}.", audience=Audience.CLIENT)
    entry = write(
        kind_named("test.quoted"),
        subject_kind="test",
        subject_id=7,
        organisation_id=None,
        by=SYSTEM,
        at=NOON,
        data={"what": "{by.person} {0} %s"},
    )
    assert entry.sentence == "Waratah told {by.person} {0} %s."


def test_a_name_is_declared_once() -> None:
    declare("test.twice", "{by} told it.", audience=Audience.CLIENT)
    with pytest.raises(ValueError, match="declared twice"):
        declare("test.twice", "Again.", audience=Audience.CLIENT)
