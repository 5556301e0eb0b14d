"""Opening the pop-up over HTTP: who is let in, what is said of our hours, how often."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from chat.models import Conversation, Visit
from helpdesk.calendars.presets import load_preset
from helpdesk.people.models import Person
from tests.chat.talk import a_client, a_guest, a_site

pytestmark = pytest.mark.django_db


def post(
    client: Client, address: str, secret: str = "", **content: object
) -> tuple[int, dict[str, object]]:
    headers = {"Authorization": f"Visit {secret}"} if secret else {}
    answer = client.post(
        address, json.dumps(content), content_type="application/json", headers=headers
    )
    return answer.status_code, answer.json()


def test_a_name_and_an_address_open_a_visit(client: Client) -> None:
    site = a_site()
    status, opened = post(
        client, reverse("chat:visits"), site=site.key, name="Vic", email="vic@home.example"
    )
    assert (status, opened["is_vouched"]) == (201, False)
    assert Visit.objects.get().person is None


@pytest.mark.parametrize(
    ("name", "email", "word"),
    [("", "vic@home.example", "name"), ("Vic", "home", "e-mail"), (7, None, "name")],
)
def test_a_claim_that_is_none_is_refused_with_a_sentence(
    name: object, email: object, word: str, client: Client
) -> None:
    status, said = post(client, reverse("chat:visits"), site=a_site().key, name=name, email=email)
    assert status == 422
    assert word in str(said["error"])
    assert Visit.objects.count() == 0


def test_a_site_may_ask_for_an_account(client: Client) -> None:
    site = a_site(takes_anonymous=False)
    status, said = post(
        client, reverse("chat:visits"), site=site.key, name="Vic", email="vic@home.example"
    )
    assert (status, "sign in" in str(said["error"])) == (422, True)


def test_a_place_opens_twenty_visits_an_hour(client: Client) -> None:
    facts = {"site": a_site().key, "name": "Vic", "email": "vic@home.example"}
    statuses = [post(client, reverse("chat:visits"), **facts)[0] for _ in range(21)]
    assert statuses == [201] * 20 + [429]


def test_with_nobody_at_the_inbox_a_message_becomes_a_case_with_a_number(
    client: Client, carla: Person
) -> None:
    load_preset("anz", by="test", now=datetime.now(UTC))
    secret = a_client(carla).secret
    status, news = post(
        client, reverse("chat:conversations"), secret, id="an-id-of-mine", text="Hello."
    )
    assert (status, news["state"], news["case"]) == (
        201,
        "message",
        Case.objects.get().shown_number,
    )


def test_the_first_message_that_is_sent_again_begins_nothing_twice(
    client: Client, carla: Person
) -> None:
    secret, address = a_client(carla).secret, reverse("chat:conversations")
    answers = [post(client, address, secret, id="an-id-of-mine", text="Hello.") for _ in range(2)]
    assert answers[0] == answers[1]
    assert (Conversation.objects.count(), Case.objects.count()) == (1, 1)


def test_a_question_of_the_form_has_to_be_answered(client: Client) -> None:
    opened = a_guest()
    a_site(questions=[{"name": "product", "label": "Which product?", "is_required": True}])
    address, words = reverse("chat:conversations"), {"id": "an-id-of-mine", "text": "Hello."}
    assert post(client, address, opened.secret, **words)[0] == 422
    assert post(client, address, opened.secret, **words, answers={"product": "Web"})[0] == 201
    assert Conversation.objects.get().answers == {"Which product?": "Web"}


def test_the_hours_are_told_in_the_zone_of_the_reader(client: Client) -> None:
    load_preset("anz", by="test", now=datetime.now(UTC))
    address = reverse("chat:site", args=[a_site().key])
    said = client.get(address, {"zone": "Pacific/Auckland"}).json()
    assert said["is_live"] is False
    assert "Melbourne" in said["sentence"] or "Nobody is at the chat" in said["sentence"]


def test_the_script_for_foreign_pages_is_small_and_public(client: Client) -> None:
    answer = client.get(reverse("chat:loader"))
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(answer.content) < 30_000


def test_the_pop_up_finds_what_is_public_and_tells_what_concerns_anybody(client: Client) -> None:
    a_site()
    found = client.get(reverse("chat:articles"), {"q": "parrots"})
    said = client.get(reverse("chat:site", args=[a_site().key])).json()
    assert (found.status_code, found.json(), said["notices"]) == (200, {"found": []}, [])
