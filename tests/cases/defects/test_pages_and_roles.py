"""The access table: every page of a defect × everybody."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from cases.defects.campaigns.links import answer_url
from cases.defects.campaigns.models import AskedCase, Campaign, Recipient
from cases.defects.models import Defect, Follower, Link
from cases.defects.surges.models import Surge
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.defects.desk import a_defect, released, sent

LOGIN, MISSING, SHOWN, DONE = 302, 404, 200, 302
OWNERS = ("carla", "cem")
OURS = ("ada", "ben", "lea", "root")
STRANGERS = ("gil", "ivy")
NOTES = "They never pay in time."

READ = ("list", "new", "similar", "options", "defect", "live", "words", "campaign", "surge")
WRITE = (
    "of-case", "state", "merge", "cases", "detach", "campaign-words", "campaign-departure",
    "campaign-delay", "surge-settle", "surge-dismiss",
)  # fmt: skip


@pytest.fixture
def browser_of(
    request: pytest.FixtureRequest, client_as: Callable[[Person], Client]
) -> Callable[[str], Client]:
    return lambda name: client_as(request.getfixturevalue(name))


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla)


@pytest.fixture
def defect(ada: Person, case: Case) -> Defect:
    defect = a_defect(
        ada,
        case,
        internal_notes=NOTES,
        component="Reports",
        workaround="Reload the page.",
        public_text="The cache is not emptied.",
    )
    sent(released(defect, by=ada))
    return Defect.objects.get(pk=defect.pk)


@pytest.fixture
def addresses(defect: Defect, case: Case) -> dict[str, str]:
    now = case.created_at
    surge = Surge.objects.create(subject="Report is empty", raised_at=now, newest_at=now)
    surge.members.create(case=case)
    campaign = Campaign.objects.get()
    arguments = {
        "of-case": [case.number],
        "detach": [defect.number, case.number],
        **{name: [defect.number] for name in ("defect", "live", "words", "state", "merge")},
        "cases": [defect.number],
        **{name: [campaign.pk] for name in READ + WRITE if name.startswith("campaign")},
        **{name: [surge.pk] for name in READ + WRITE if name.startswith("surge")},
    }
    return {name: reverse(f"defects:{name}", args=arguments.get(name, [])) for name in READ + WRITE}


def rows_now() -> tuple[object, ...]:
    return (
        list(Defect.objects.values_list("pk", "state", "version", "case_count")),
        list(Campaign.objects.values_list("pk", "state", "version")),
        list(AskedCase.objects.values_list("pk", "answer", "outcome")),
        list(Surge.objects.values_list("pk", "state")),
        Link.objects.count(),
        Follower.objects.count(),
        Entry.objects.count(),
        OutboundMail.objects.count(),
    )


def _names(namespace: str) -> set[str]:
    _, resolver = get_resolver().namespace_dict[namespace]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def test_the_table_knows_every_address() -> None:
    assert _names("defects") == set(READ + WRITE)
    assert _names("known-defects") == {"list", "defect", "following", "answer", "of-case"}


@pytest.mark.parametrize("who", OURS)
@pytest.mark.parametrize("page", READ)
def test_ours_read_every_page(
    page: str, who: str, addresses: dict[str, str], browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(addresses[page]).status_code == SHOWN


@pytest.mark.parametrize("who", OWNERS + STRANGERS)
@pytest.mark.parametrize("page", READ)
def test_no_client_finds_a_page_of_the_console(
    page: str, who: str, addresses: dict[str, str], browser_of: Callable[[str], Client]
) -> None:
    assert browser_of(who).get(addresses[page]).status_code == MISSING


@pytest.mark.parametrize("who", OWNERS + STRANGERS)
@pytest.mark.parametrize("page", [*WRITE, "new", "words"])
def test_no_client_acts_through_the_console(
    page: str, who: str, addresses: dict[str, str], browser_of: Callable[[str], Client]
) -> None:
    before = rows_now()
    answer = browser_of(who).post(addresses[page], {"title": "Mine", "move": "decline"})
    assert (answer.status_code, rows_now()) == (MISSING, before)


@pytest.mark.parametrize("page", READ + WRITE)
def test_nobody_is_sent_to_sign_in_and_changes_nothing(
    page: str, addresses: dict[str, str], client: Client
) -> None:
    before = rows_now()
    answers = client.get(addresses[page]), client.post(addresses[page], {"title": "x"})
    assert [answer.status_code for answer in answers] == [LOGIN, LOGIN]
    assert rows_now() == before


@pytest.mark.parametrize("who", OWNERS + OURS)
def test_who_sees_the_case_reads_what_is_public_of_its_defect(
    who: str, defect: Defect, browser_of: Callable[[str], Client]
) -> None:
    page = browser_of(who).get(reverse("known-defects:defect", args=[defect.number])).text
    assert "The cache is not emptied." in page
    assert "Reports" in page
    assert NOTES not in page


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_the_same_nothing_as_for_a_defect_that_is_not_there(
    who: str, defect: Defect, browser_of: Callable[[str], Client]
) -> None:
    browser = browser_of(who)
    theirs = browser.get(reverse("known-defects:defect", args=[defect.number]))
    nobodys = browser.get(reverse("known-defects:defect", args=[999_999]))
    assert (theirs.status_code, nobodys.status_code) == (MISSING, MISSING)
    assert defect.title not in theirs.text


@pytest.mark.parametrize(
    ("who", "is_shown"), [("carla", True), ("cem", True), ("gil", False), ("ivy", False)]
)
def test_the_list_holds_only_what_concerns_its_reader(
    who: str, is_shown: bool, defect: Defect, browser_of: Callable[[str], Client]
) -> None:
    listed = browser_of(who).get(reverse("known-defects:list"))
    assert (listed.status_code, defect.shown_number in listed.text) == (SHOWN, is_shown)


@pytest.mark.parametrize("who", OWNERS)
def test_a_client_reads_nothing_of_others_on_the_page_of_a_defect(
    who: str, defect: Defect, gil: Person, ada: Person, browser_of: Callable[[str], Client]
) -> None:
    other = a_case(gil, subject="Globex has it too")
    released(a_defect(ada, other, title="Another"), by=ada)
    Link.objects.create(defect=defect, case=other, attached_by="Ada", attached_at=other.created_at)
    page = browser_of(who).get(reverse("known-defects:defect", args=[defect.number])).text
    assert other.shown_number not in page
    assert "Globex" not in page


@pytest.mark.parametrize("who", OWNERS)
def test_the_page_of_the_case_shows_its_defect_without_our_notes(
    who: str, case: Case, defect: Defect, browser_of: Callable[[str], Client]
) -> None:
    page = browser_of(who).get(reverse("portal:case", args=[case.number])).text
    assert defect.shown_number in page
    assert "The cache is not emptied." in page
    assert NOTES not in page


@pytest.mark.parametrize("who", OWNERS)
def test_clients_follow_and_stop(
    who: str, defect: Defect, browser_of: Callable[[str], Client]
) -> None:
    browser, address = browser_of(who), reverse("known-defects:following", args=[defect.number])
    assert browser.post(address).status_code == DONE
    assert Follower.objects.get().person.username == who
    assert browser.post(address, {"stop": "1"}).status_code == DONE
    assert not Follower.objects.exists()


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_follow_nothing(
    who: str, defect: Defect, browser_of: Callable[[str], Client]
) -> None:
    before = rows_now()
    address = reverse("known-defects:following", args=[defect.number])
    assert browser_of(who).post(address).status_code == MISSING
    assert rows_now() == before


def test_ours_are_no_followers(defect: Defect, browser_of: Callable[[str], Client]) -> None:
    browser_of("ada").post(reverse("known-defects:following", args=[defect.number]))
    assert not Follower.objects.exists()


@pytest.mark.parametrize("name", ["list", "defect", "following", "of-case"])
def test_nobody_is_sent_to_sign_in_in_the_help_center(
    name: str, defect: Defect, case: Case, client: Client
) -> None:
    arguments = {"list": [], "of-case": [case.number]}.get(name, [defect.number])
    before = rows_now()
    assert client.post(reverse(f"known-defects:{name}", args=arguments)).status_code == LOGIN
    assert rows_now() == before


@pytest.mark.parametrize(("who", "status"), [("gil", MISSING), ("ivy", MISSING), ("carla", DONE)])
def test_only_who_sees_the_case_answers_on_its_page(
    who: str, status: int, case: Case, defect: Defect, browser_of: Callable[[str], Client]
) -> None:
    address = reverse("known-defects:of-case", args=[case.number])
    assert browser_of(who).post(address, {"fixed": "yes"}).status_code == status
    assert AskedCase.objects.get().answer == ("yes" if who == "carla" else "")


def test_looking_at_a_link_records_nothing(defect: Defect, client: Client) -> None:
    before = rows_now()
    page = client.get(link_of(Recipient.objects.get(), "yes"))
    assert (page.status_code, rows_now()) == (SHOWN, before)
    assert page["Referrer-Policy"] == "no-referrer"


def test_sending_the_form_of_a_link_records_the_answer(
    case: Case, defect: Defect, client: Client
) -> None:
    address = link_of(Recipient.objects.get(), "no")
    page = client.post(address, {f"case-{case.pk}": "no", "words": "Still empty."})
    assert page.status_code == SHOWN
    assert AskedCase.objects.get().answer == "no"
    assert case.messages.latest("pk").text.endswith("Still empty.")


def test_a_form_without_a_choice_says_so_and_keeps_the_words(
    defect: Defect, client: Client
) -> None:
    page = client.post(link_of(Recipient.objects.get(), "no"), {"words": "Still empty."})
    assert page.status_code == 422
    assert "Choose yes or no" in page.text
    assert "Still empty." in page.text


@pytest.mark.parametrize("token", ["7", "7:forged", "x", "7:" + "a" * 43])
def test_a_link_that_we_did_not_sign_leads_nowhere(
    token: str, defect: Defect, client: Client
) -> None:
    address = reverse("known-defects:answer", args=[token])
    before = rows_now()
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert rows_now() == before


def test_the_link_of_somebody_who_left_shows_no_case(
    case: Case, defect: Defect, client: Client, gil: Person
) -> None:
    address = link_of(Recipient.objects.get(), "yes")
    Case.objects.update(client=gil, organisation=gil.organisation)
    assert case.shown_number not in client.get(address).text
    client.post(address, {f"case-{case.pk}": "yes"})
    assert AskedCase.objects.get().answer == ""


def link_of(recipient: Recipient, says: str) -> str:
    return "/" + answer_url(recipient, says=says).split("/", 3)[3]
