"""Everything of one person, for that person alone, for a while."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from helpdesk.attachments.models import StoredFile
from helpdesk.exporting import making
from helpdesk.exporting.models import DataExport
from helpdesk.people.models import Person
from tests.builders import a_case, a_message, a_note

pytestmark = pytest.mark.django_db
Browser = Callable[[Person], Client]
LATER = timedelta(days=8)


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def made(person: Person) -> DataExport:
    export = making.ask(person)
    assert making.make_next(now=timezone.now())
    export.refresh_from_db()
    return export


def contents(export: DataExport) -> dict[str, Any]:
    assert export.file is not None
    with default_storage.open(export.file.key) as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def test_it_holds_what_the_desk_keeps_of_the_person(carla: Person, ada: Person) -> None:
    case = a_case(carla)
    a_message(case, by=ada, text="We look at it.")
    a_note(case, by=ada, text="They never pay.")
    held = contents(made(carla))
    assert held["profile.json"][0]["email"] == "carla@acme.example"
    assert [one["number"] for one in held["cases.json"]] == [case.shown_number]
    assert [one["text"] for one in held["messages.json"]][1:] == ["We look at it."]
    assert "never pay" not in json.dumps(held)


def test_nothing_of_others_is_in_it(carla: Person, gil: Person) -> None:
    a_case(gil)
    assert contents(made(carla))["cases.json"] == []


def test_who_asks_twice_gets_one(carla: Person) -> None:
    assert making.ask(carla) == making.ask(carla)


def test_progress_is_kept(carla: Person) -> None:
    export = made(carla)
    assert (export.state, export.done_parts, export.all_parts) == ("ready", 8, 8)


def test_one_whose_worker_died_is_made_after_its_lease(carla: Person) -> None:
    making.ask(carla)
    now = timezone.now()
    DataExport.objects.update(attempts=1, next_attempt_at=now + making.LEASE)
    assert making.make_next(now=now) is False
    assert making.make_next(now=now + making.LEASE) is True


def test_one_that_fails_three_times_says_so(carla: Person, settings: Any) -> None:
    settings.EXPORT_PARTS = {"broken": "helpdesk.exporting.parts.not_there"}
    making.ask(carla)
    for hours in range(1, 4):
        making.make_next(now=timezone.now() + timedelta(hours=hours))
    assert DataExport.objects.get().state == "failed"


def test_it_is_gone_after_seven_days(carla: Person) -> None:
    made(carla)
    assert making.delete_expired(now=timezone.now()) == 0
    assert making.delete_expired(now=timezone.now() + LATER) == 1
    assert (DataExport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_its_person_fetches_it(carla: Person, client_as: Browser) -> None:
    answer = client_as(carla).get(f"/profile/export/{made(carla).pk}/")
    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


@pytest.mark.parametrize("who", ["cem", "gil", "ivy", "ada", "ben", "lea", "root"])
def test_nobody_else_finds_it(
    who: str, carla: Person, request: pytest.FixtureRequest, client_as: Browser
) -> None:
    export = made(carla)
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(f"/profile/export/{export.pk}/").status_code == 404
    assert browser.get("/profile/export/").status_code == 200


def test_a_visitor_is_sent_to_sign_in(carla: Person, client: Client) -> None:
    for address in (f"/profile/export/{made(carla).pk}/", "/profile/export/"):
        assert client.get(address)["Location"].startswith("/accounts/login/")


def test_what_has_expired_is_not_handed_out(carla: Person, client_as: Browser) -> None:
    export = made(carla)
    DataExport.objects.update(expires_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert client_as(carla).get(f"/profile/export/{export.pk}/").status_code == 404


def test_asking_is_limited(carla: Person, client_as: Browser) -> None:
    browser = client_as(carla)
    answers = [browser.post("/profile/export/").status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
