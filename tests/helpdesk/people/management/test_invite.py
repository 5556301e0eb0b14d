"""`manage.py invite`: how the first administrator comes in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Organisation, Person, Role


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("invite", *arguments, stdout=out)
    return out.getvalue()


def test_somebody_known_is_invited(acme: Organisation) -> None:
    Person.objects.create_user("dora", "dora@acme.example", organisation=acme)
    assert run("DORA@acme.example") == "An invitation to dora@acme.example is on its way.\n"
    assert OutboundMail.objects.get().kind == "account_invitation"


def test_the_first_administrator_is_added_and_the_link_printed(db: None) -> None:
    out = run("boss@desk.example", "--role", "administrator", "--name", "Bo", "--print-link")
    person = Person.objects.get()
    assert (person.role, person.full_name) == (Role.ADMINISTRATOR, "Bo")
    assert "http://localhost:8000/accounts/password/reset/key/" in out


def test_a_client_is_added_to_an_organisation(acme: Organisation) -> None:
    run("new@acme.example", "--role", "client", "--organisation", "ACME")
    assert Person.objects.get().organisation == acme


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["new@acme.example"], "Nobody has the address new@acme.example. Add them with --role."),
        (["nonsense", "--role", "agent"], "Enter a valid email address."),
        (
            ["new@acme.example", "--role", "client", "--organisation", "Initech"],
            "There is no organisation called Initech.",
        ),
        (["carla@acme.example"], "Carla Rossi has set up a password already."),
    ],
)
def test_what_cannot_be_done_gets_a_sentence_and_changes_nothing(
    carla: Person, arguments: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
    assert Person.objects.count() == 1
    assert not OutboundMail.objects.exists()
