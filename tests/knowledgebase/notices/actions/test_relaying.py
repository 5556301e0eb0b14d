"""Another room posts under a reference: whatever runs twice happens once."""

import pytest

from helpdesk.people.actors import SYSTEM
from knowledgebase.notices.actions import relaying
from knowledgebase.notices.lifecycle import State
from knowledgebase.notices.models import Notice, Update

pytestmark = pytest.mark.django_db
DEFECT = "defect:12"


def post(text: str = "Totals are wrong.") -> Notice:
    return relaying.post(DEFECT, title="Wrong totals", text=text, by=SYSTEM)


def test_a_defect_is_posted_once() -> None:
    assert post().pk == post().pk
    assert Update.objects.count() == 1


def test_an_update_is_said_once_a_key() -> None:
    notice = post()
    for _ in range(2):
        relaying.update(
            DEFECT, key="scheduled", text="Mended in 4.2.", by=SYSTEM, state=State.IDENTIFIED
        )
    assert list(notice.updates.values_list("text", flat=True)) == [
        "Mended in 4.2.",
        "Totals are wrong.",
    ]


def test_it_is_closed_once_and_opens_again_when_it_is_posted_anew() -> None:
    post()
    assert relaying.close(DEFECT, text="Mended.", by=SYSTEM) is not None
    assert relaying.close(DEFECT, text="Mended.", by=SYSTEM) is None
    assert Notice.objects.get().state == State.RESOLVED
    assert post("It is back.").state == State.INVESTIGATING


def test_news_of_what_was_never_posted_goes_nowhere() -> None:
    assert relaying.update("defect:9", key="a", text="x", by=SYSTEM) is None
    assert relaying.close("defect:9", text="x", by=SYSTEM) is None
    assert not Notice.objects.exists()
