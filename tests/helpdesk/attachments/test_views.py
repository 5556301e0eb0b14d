"""Files over HTTP."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from helpdesk.attachments import views
from helpdesk.attachments.handing_out import signed_url
from helpdesk.attachments.models import StoredFile
from helpdesk.attachments.storing import store
from helpdesk.people.actors import SYSTEM
from helpdesk.people.models import Person
from helpdesk.people.sign_in.limits import Limit

ClientAs = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def _upload(name: str = "a.txt", content: bytes = b"words") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content, "text/plain")}


def test_an_upload_is_kept_as_a_draft_of_its_writer(client_as: ClientAs, carla: Person) -> None:
    response = client_as(carla).post("/files/", _upload())
    file = StoredFile.objects.drafts().get()
    assert response.status_code == 201
    assert response.json() == {"token": file.public_id, "name": "a.txt", "size": 5}
    assert file.uploaded_by == carla


def test_an_upload_that_is_too_large_is_refused_with_a_sentence(
    client_as: ClientAs, carla: Person, settings: Settings
) -> None:
    settings.FILE_MOST_BYTES = 4
    response = client_as(carla).post("/files/", _upload())
    assert response.status_code == 422
    assert response.json()["error"].startswith("a.txt is larger than 0 MB and was not taken.")
    assert StoredFile.objects.count() == 0


def test_a_request_that_brings_more_than_a_message_holds_is_ended(
    client_as: ClientAs, carla: Person, settings: Settings
) -> None:
    settings.FILES_MOST_BYTES_A_MESSAGE = 4
    assert client_as(carla).post("/files/", _upload()).status_code == 400
    assert StoredFile.objects.count() == 0


def test_a_request_without_a_file_is_a_sentence(client_as: ClientAs, carla: Person) -> None:
    response = client_as(carla).post("/files/", {"file": "words"})
    assert response.status_code == 400
    assert response.json() == {"error": "did not arrive. Please add it again."}


def test_a_store_that_is_away_is_a_sentence(
    client_as: ClientAs, carla: Person, settings: Settings
) -> None:
    settings.MEDIA_ROOT = "/dev/null/files"
    response = client_as(carla).post("/files/", _upload())
    assert response.status_code == 503
    assert "Nothing was kept" in response.json()["error"]


def test_too_many_uploads_have_to_wait(
    client_as: ClientAs, carla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "UPLOADS", Limit("upload", 1, 600))
    browser = client_as(carla)
    assert browser.post("/files/", _upload()).status_code == 201
    response = browser.post("/files/", _upload())
    assert (response.status_code, StoredFile.objects.count()) == (429, 1)
    assert "Try in 10 min" in response.json()["error"]


def test_nobody_uploads_without_being_signed_in(client: Client) -> None:
    assert client.post("/files/", _upload()).status_code == 302
    assert StoredFile.objects.count() == 0


def test_nobody_uploads_without_the_token_of_the_page(carla: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(carla)
    assert browser.post("/files/", _upload()).status_code == 403
    assert StoredFile.objects.count() == 0


def test_files_are_not_listed(client_as: ClientAs, root: Person) -> None:
    assert client_as(root).get("/files/").status_code == 405


def test_a_draft_is_taken_back_by_its_writer_only(
    client_as: ClientAs, carla: Person, gil: Person
) -> None:
    browser = client_as(carla)
    token = browser.post("/files/", _upload()).json()["token"]
    assert client_as(gil).delete(f"/files/{token}/").status_code == 404
    assert client_as(carla).delete(f"/files/{token}/").status_code == 404
    assert StoredFile.objects.count() == 1
    assert browser.delete(f"/files/{token}/").status_code == 204
    assert StoredFile.objects.count() == 0


def test_a_file_that_was_sent_cannot_be_taken_back(client_as: ClientAs, carla: Person) -> None:
    file = store(b"words", filename="a.txt", by=SYSTEM)
    assert client_as(carla).delete(f"/files/{file.public_id}/").status_code == 404
    assert StoredFile.objects.count() == 1


def test_knowing_the_id_of_a_file_gives_nothing(client_as: ClientAs, root: Person) -> None:
    file = store(b"words", filename="a.txt", by=SYSTEM)
    assert client_as(root).get(f"/files/{file.public_id}/").status_code == 405


def test_a_link_works_for_its_person_only(
    client: Client, client_as: ClientAs, ada: Person, ben: Person
) -> None:
    url = signed_url(store(b"words", filename="a.txt", by=SYSTEM), ada)
    answer = client_as(ada).get(url)
    assert answer.getvalue() == b"words"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert client_as(ben).get(url).status_code == 404
    assert client.get(url).status_code == 404


def test_with_another_host_for_files_links_work_there_only(
    client: Client, ada: Person, settings: Settings
) -> None:
    settings.FILES_URL = "https://files.example"
    settings.ALLOWED_HOSTS = ["files.example", "testserver"]
    path = signed_url(store(b"words", filename="a.txt", by=SYSTEM), ada).removeprefix(
        "https://files.example"
    )
    assert client.get(path).status_code == 404
    assert client.get(path, headers={"host": "files.example"}).getvalue() == b"words"
