"""The form before a chat, as each site has it; the answers stay with the case."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from cases.thread.models import Message
from chat.actions.ending import end
from chat.identity.visiting import Opened
from chat.mailing import mail_transcript
from chat.models import Conversation, Visit
from chat.validating import validate_questions
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from knowledgebase.notices.models import Product
from tests.chat.talk import a_client, a_conversation, a_guest, a_site, an_answer
from tests.knowledgebase.notices.board import maintenance

pytestmark = pytest.mark.django_db
PRODUCT = {"name": "product", "label": "Which product?", "choices": ["Desktop", "Web"]}
SUBJECT = {"name": "subject", "label": "What is it about?", "is_required": True}


def post(client: Client, page: str, secret: str = "", **content: object) -> tuple[int, str]:
    headers = {"Authorization": f"Visit {secret}"} if secret else {}
    answer = client.post(
        reverse(f"chat:{page}"), json.dumps(content), "application/json", headers=headers
    )
    return answer.status_code, answer.json().get("error", "")


def start(client: Client, opened: Opened, **answers: object) -> tuple[int, str]:
    words = {"id": "an-id-of-mine", "text": "The report is empty.", "answers": answers}
    return post(client, "conversations", opened.secret, **words)


@pytest.mark.parametrize(
    ("asks_name", "asks_email", "given", "status"),
    [
        ("required", "required", {"name": "Vic"}, 422),
        ("required", "optional", {"name": "Vic"}, 201),
        ("optional", "required", {"email": "vic@home.example"}, 201),
        ("optional", "optional", {"email": "vic@"}, 422),
        ("required", "no", {"email": "vic@home.example"}, 422),
        ("no", "no", {}, 201),
    ],
)
def test_a_site_says_what_a_visitor_has_to_tell(
    asks_name: str, asks_email: str, given: dict[str, str], status: int, client: Client
) -> None:
    site = a_site(asks_name=asks_name, asks_email=asks_email)
    assert post(client, "visits", site=site.key, **given)[0] == status
    assert Visit.objects.count() == int(status == 201)


def test_what_is_not_asked_is_not_kept(client: Client) -> None:
    site = a_site(asks_name="no", asks_email="no")
    post(client, "visits", site=site.key, name="Vic", email="carla@acme.example")
    visit = Visit.objects.get()
    assert (visit.name, visit.email.endswith("@chat.invalid")) == ("Visitor", True)


def test_without_an_address_nothing_is_mailed(ada: Person) -> None:
    talk = a_conversation(a_guest(email=""))
    an_answer(talk, ada)
    end(talk, who=Conversation.EndedBy.AGENT, by=Actor.of(ada))
    mail_transcript(Entry.objects.get(kind="chat.ended"))
    assert OutboundMail.objects.count() == 0


def test_the_pop_up_is_told_what_to_ask(client: Client) -> None:
    site = a_site(asks_name="optional", questions=[SUBJECT])
    said = client.get(reverse("chat:site", args=[site.key])).json()
    assert said["asks"] == {"name": "optional", "email": "required"}
    assert said["questions"] == [SUBJECT]


def test_the_answers_stay_with_the_case_for_ours_alone(client: Client) -> None:
    opened = a_guest()
    a_site(questions=[PRODUCT])
    assert start(client, opened, product="Web")[0] == 201
    entry = Entry.objects.get(kind="chat.form_answered")
    assert (entry.subject_id, entry.audience) == (Case.objects.get().pk, "agents")
    assert entry.data["answers"] == "Which product? Web"
    assert Message.objects.get().text == "The report is empty."


def test_what_nobody_answered_leaves_nothing(client: Client) -> None:
    opened = a_guest()
    a_site(questions=[PRODUCT])
    assert start(client, opened)[0] == 201
    assert not Entry.objects.filter(kind="chat.form_answered").exists()


def test_a_subject_that_is_asked_for_is_the_subject_of_the_case(client: Client) -> None:
    opened = a_guest()
    a_site(questions=[SUBJECT, PRODUCT])
    assert start(client, opened, product="Web") == (422, "Answer “What is it about?” first.")
    assert start(client, opened, subject="Monthly report\nof May", product="Web")[0] == 201
    assert Case.objects.get().subject == "Monthly report of May"
    assert Conversation.objects.get().answers == {"Which product?": "Web"}


def test_an_answer_that_is_no_choice_is_refused(client: Client) -> None:
    opened = a_guest()
    a_site(questions=[PRODUCT])
    status, error = start(client, opened, product="Mobile")
    assert (status, "Choose one" in error, Case.objects.count()) == (422, True, 0)


def test_two_questions_of_one_label_are_refused() -> None:
    with pytest.raises(ValidationError, match="label of its own"):
        validate_questions([PRODUCT, PRODUCT | {"name": "other"}])


def test_the_pop_up_tells_of_the_maintenance_that_concerns_its_reader(
    client: Client, carla: Person, gil: Person, acme: Organisation
) -> None:
    reports = Product.objects.create(name="Reports")
    reports.organisations.add(acme)
    maintenance(at=timezone.now(), products=[reports])
    address = reverse("chat:site", args=[a_site().key])

    def titles(opened: Opened) -> list[str]:
        headers = {"Authorization": f"Visit {opened.secret}"}
        return [one["title"] for one in client.get(address, headers=headers).json()["notices"]]

    assert (titles(a_client(carla)), titles(a_client(gil))) == (["Database upgrade"], [])
