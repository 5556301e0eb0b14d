"""What is stored, to look at."""

from collections.abc import Callable

from django.test import Client

from helpdesk.attachments.storing import store
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person

ClientAs = Callable[[Person], Client]


def test_administrators_read_the_list_and_change_nothing(client_as: ClientAs, root: Person) -> None:
    file = store(b"words", filename="a<b>.txt", by=SYSTEM)
    browser = client_as(root)
    listed = browser.get("/admin/attachments/storedfile/")
    assert listed.status_code == 200
    assert "a_b_.txt" in listed.content.decode()
    assert browser.get("/admin/attachments/storedfile/add/").status_code == 403
    changed = browser.post(f"/admin/attachments/storedfile/{file.pk}/change/", {"filename": "x"})
    assert changed.status_code == 403


def test_nobody_else_sees_it(client_as: ClientAs, lea: Person, carla: Person) -> None:
    for person in (lea, carla):
        assert client_as(person).get("/admin/attachments/storedfile/").status_code != 200
