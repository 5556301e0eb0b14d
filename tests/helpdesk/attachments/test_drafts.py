"""Files uploaded while somebody still writes."""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from helpdesk.attachments import drafts
from helpdesk.attachments.models import StoredFile
from helpdesk.attachments.storing import FileRefused
from helpdesk.people.models import Person

NOW = timezone.now()
Keep = Callable[..., StoredFile]


@pytest.fixture
def session(db: None) -> SessionBase:
    session = SessionStore()
    session.create()
    return session


@pytest.fixture
def keep(carla: Person, session: SessionBase) -> Keep:
    def kept(content: bytes = b"words", by: Person = carla) -> StoredFile:
        upload = SimpleUploadedFile("a.txt", content, "text/plain")
        return drafts.keep(upload, by=by, session=session, at=NOW)

    return kept


def test_a_draft_becomes_part_of_what_its_writer_sends(
    keep: Keep, carla: Person, session: SessionBase
) -> None:
    one, other = keep(), keep()
    taken = drafts.take([other.public_id, one.public_id], by=carla, session=session)
    assert [file.pk for file in taken] == [other.pk, one.pk]
    assert StoredFile.objects.drafts().count() == 0


def test_a_draft_is_taken_once(keep: Keep, carla: Person, session: SessionBase) -> None:
    file = keep()
    drafts.take([file.public_id, file.public_id], by=carla, session=session)
    with pytest.raises(FileRefused, match="no longer here"):
        drafts.take([file.public_id], by=carla, session=session)


def test_nobody_takes_a_draft_of_somebody_else(
    keep: Keep, gil: Person, session: SessionBase
) -> None:
    with pytest.raises(FileRefused, match="no longer here"):
        drafts.take([keep().public_id], by=gil, session=session)
    assert StoredFile.objects.drafts().count() == 1


def test_nobody_takes_a_draft_in_another_session(keep: Keep, carla: Person, db: None) -> None:
    other = SessionStore()
    other.create()
    with pytest.raises(FileRefused):
        drafts.take([keep().public_id], by=carla, session=other)


def test_a_session_without_a_key_has_no_drafts(keep: Keep, carla: Person) -> None:
    StoredFile.objects.filter(pk=keep().pk).update(draft_session="")
    with pytest.raises(FileRefused):
        drafts.take([StoredFile.objects.get().public_id], by=carla, session=SessionStore())


def test_the_session_itself_is_not_kept(keep: Keep, session: SessionBase) -> None:
    assert str(session.session_key) not in keep().draft_session


def test_no_more_files_go_with_a_message_than_it_may_have(
    keep: Keep, carla: Person, session: SessionBase, settings: Settings
) -> None:
    settings.FILES_A_MESSAGE = 1
    with pytest.raises(FileRefused, match="At most 1 files"):
        drafts.take([keep().public_id, keep().public_id], by=carla, session=session)


def test_files_may_not_be_too_large_together(
    keep: Keep, carla: Person, session: SessionBase, settings: Settings
) -> None:
    settings.FILES_MOST_BYTES_A_MESSAGE = 9
    ids = [keep().public_id, keep().public_id]
    with pytest.raises(FileRefused, match="together"):
        drafts.take(ids, by=carla, session=session)


def test_a_day_holds_only_so_many_bytes_from_one_person(
    keep: Keep, settings: Settings, cem: Person
) -> None:
    settings.FILES_MOST_BYTES_A_DAY = 9
    keep()
    with pytest.raises(FileRefused, match="within a day"):
        keep()
    assert keep(by=cem).size == 5


def test_uploads_of_one_person_wait_for_each_other(keep: Keep, carla: Person, cem: Person) -> None:
    """Otherwise several at once could each be the last within the limit."""
    keep()
    with ThreadPoolExecutor() as elsewhere:
        assert elsewhere.submit(_may_upload_now, carla).result() is False
        assert elsewhere.submit(_may_upload_now, cem).result() is True


def _may_upload_now(person: Person) -> bool:
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"uploads of {person.pk}"]
        )
        return bool(cursor.fetchone()[0])


def test_what_was_sent_the_day_before_does_not_count(keep: Keep, settings: Settings) -> None:
    settings.FILES_MOST_BYTES_A_DAY = 9
    keep()
    StoredFile.objects.update(created_at=NOW - timedelta(hours=25))
    assert keep().size == 5


def test_a_draft_is_discarded_by_its_writer_only(
    keep: Keep, carla: Person, gil: Person, session: SessionBase
) -> None:
    file = keep()
    assert not drafts.discard(file.public_id, by=gil, session=session)
    assert drafts.discard(file.public_id, by=carla, session=session)
    assert StoredFile.objects.count() == 0


def test_drafts_expire_after_a_day_and_files_that_were_sent_do_not(
    keep: Keep, carla: Person, session: SessionBase
) -> None:
    sent, old, fresh = keep(), keep(), keep()
    drafts.take([sent.public_id], by=carla, session=session)
    StoredFile.objects.exclude(pk=fresh.pk).update(created_at=NOW - timedelta(hours=25))
    assert drafts.delete_expired(at=NOW) == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {sent.pk, fresh.pk}
    assert not StoredFile.objects.filter(pk=old.pk).exists()
