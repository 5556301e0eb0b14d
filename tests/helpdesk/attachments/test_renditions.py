"""Which files have been drawn anew."""

from pathlib import Path

import pytest
from django.utils import timezone

from helpdesk.attachments.models import Rendition, StoredFile
from helpdesk.attachments.renditions import draw_due, ready_rendition_of
from helpdesk.attachments.storing import store
from helpdesk.people.actors import SYSTEM
from tests.helpdesk.attachments.conftest import a_picture, stored_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(db: None) -> StoredFile:
    return store(a_picture(), filename="a.png", by=SYSTEM)


@pytest.fixture
def no_picture(db: None) -> StoredFile:
    return store(a_picture()[:40], filename="a.png", by=SYSTEM)


def _all_due() -> None:
    Rendition.objects.update(due_at=timezone.now())


def test_pictures_that_are_due_are_drawn(picture: StoredFile, store_folder: Path) -> None:
    _all_due()
    assert draw_due(seconds=20) == 1
    rendition = Rendition.objects.get()
    assert (rendition.state, rendition.due_at) == (Rendition.State.READY, None)
    assert (rendition.width, rendition.height) == (8, 4)
    assert (store_folder / rendition.key).stat().st_size == rendition.size


def test_one_that_cannot_be_drawn_is_refused_once_and_for_all(no_picture: StoredFile) -> None:
    _all_due()
    assert draw_due(seconds=20) == 1
    assert Rendition.objects.get().state == Rendition.State.REFUSED
    assert draw_due(seconds=20) == 0


def test_one_that_is_asked_for_before_is_drawn_at_once(picture: StoredFile) -> None:
    rendition = ready_rendition_of(picture)
    assert rendition is not None
    assert rendition.content_type == "image/png"


def test_drawn_twice_only_one_drawing_stays(picture: StoredFile, store_folder: Path) -> None:
    ready_rendition_of(picture)
    Rendition.objects.update(state=Rendition.State.WAITING)
    first = Rendition.objects.get().key
    ready_rendition_of(picture)
    assert Rendition.objects.get().key != first
    assert len(stored_bytes(store_folder)) == 3


def test_what_is_no_picture_has_no_rendition(no_picture: StoredFile) -> None:
    assert ready_rendition_of(no_picture) is None
    assert ready_rendition_of(store(b"words", filename="a.txt", by=SYSTEM)) is None
