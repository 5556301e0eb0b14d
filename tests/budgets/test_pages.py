"""How many statements each page takes: the same for one row and for thirty."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.actions import indexing
from cases.console import queues
from cases.models import Case
from cases.thread.models import Message, MessageFile, Visibility
from helpdesk.attachments.models import StoredFile
from helpdesk.mail.models import OutboundMail
from helpdesk.people.models import Person, Team
from tests.builders import a_case, a_policy
from tests.helpdesk.calendars.desk import a_calendar

Browser = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def promises(db: None) -> None:
    a_calendar("office")
    a_policy("medium", first_response="8 hours", next_response="4 hours")


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What pages keep for seconds is kept for the length of a slow test."""
    monkeypatch.setattr(queues, "COUNT_SECONDS", 600)


def statements(browser: Client, address: str, form: dict[str, str] | None = None) -> int:
    with CaptureQueriesContext(connection) as queries:
        page = browser.get(address) if form is None else browser.post(address, form)
    assert page.status_code in (200, 302)
    return len(queries)


def statements_afresh(browser: Client, address: str) -> int:
    """With nothing kept of an earlier page: in the Help Center two are the notices, kept 10 s."""
    cache.clear()
    return statements(browser, address)


def statements_again(browser: Client, address: str) -> int:
    browser.get(address)
    return statements(browser, address)


def thirty_cases(client: Person) -> None:
    for _ in range(30):
        indexing.reindex(a_case(client))


def messages(case: Case, count: int, *, by: Person) -> None:
    """`count` answers, each with a file and a mail that carried it."""
    now = timezone.now()
    said = Message.objects.bulk_create(
        Message(
            case=case,
            visibility=Visibility.PUBLIC,
            is_ours=True,
            author=by,
            author_label=by.name,
            channel="portal",
            text="We look at it.",
            at=now + timedelta(seconds=number),
        )
        for number in range(count)
    )
    files = StoredFile.objects.bulk_create(a_file(number) for number in range(count))
    MessageFile.objects.bulk_create(
        MessageFile(message=message, file=file) for message, file in zip(said, files, strict=True)
    )
    OutboundMail.objects.bulk_create(a_mail(message) for message in said)


def a_file(number: int) -> StoredFile:
    return StoredFile(
        public_id=f"file-{number}",
        key=f"file-{number}",
        filename="log.txt",
        content_type="text/plain",
        size=9,
    )


def a_mail(message: Message) -> OutboundMail:
    return OutboundMail(
        message_id=f"<{message.pk}@desk.example>",
        key=str(message.pk),
        to_address="carla@acme.example",
        subject_kind="message",
        subject_id=message.pk,
    )


QUEUES = [f"/console/queues/{slug}/" for slug in ("mine", "unassigned", "breaching", "open")]


@pytest.mark.parametrize("address", QUEUES)
def test_a_list_of_the_console_takes_five(
    address: str, client_as: Browser, ada: Person, carla: Person, kept: None
) -> None:
    """Session, reader, cases, promises, the card of many with the same trouble."""
    browser = client_as(ada)
    indexing.reindex(a_case(carla))
    Case.objects.update(assignee=ada if "mine" in address else None)
    assert statements_again(browser, address) == 5
    thirty_cases(carla)
    Case.objects.update(assignee=ada if "mine" in address else None)
    assert statements_again(browser, address) == 5


@pytest.mark.parametrize("address", QUEUES)
def test_a_list_takes_one_more_when_the_sizes_of_the_queues_are_counted(
    address: str, client_as: Browser, ada: Person, carla: Person
) -> None:
    indexing.reindex(a_case(carla))
    Case.objects.update(assignee=ada if "mine" in address else None)
    assert statements_afresh(client_as(ada), address) == 6


def test_a_search_takes_two_more(
    client_as: Browser, ada: Person, carla: Person, kept: None
) -> None:
    """It looks through the newest cases, then asks the index of words."""
    browser = client_as(ada)
    indexing.reindex(a_case(carla))
    assert statements_again(browser, "/console/search/?q=report") == 7
    thirty_cases(carla)
    assert statements_again(browser, "/console/search/?q=report") == 7


def test_a_filtered_queue_takes_as_many(
    client_as: Browser, ada: Person, carla: Person, kept: None
) -> None:
    thirty_cases(carla)
    address = "/console/queues/open/?priority=medium&channel=portal"
    assert statements_again(client_as(ada), address) == 5


def test_a_further_page_takes_as_many(
    client_as: Browser, ada: Person, carla: Person, kept: None
) -> None:
    thirty_cases(carla)
    a_case(carla)
    browser = client_as(ada)
    older = browser.get("/console/queues/open/").context["pages"]["older"]
    assert statements_again(browser, f"/console/queues/open/{older}") == 5


@pytest.mark.parametrize("count", [1, 20, 200])
def test_a_case_in_the_console_takes_twelve(
    count: int, client_as: Browser, ada: Person, carla: Person, first_line: Team, kept: None
) -> None:
    """The list beside it, case, people, messages, files, mails, news, promises, calls, defects."""
    case = a_case(carla)
    messages(case, count - 1, by=ada)
    thirty_cases(carla)
    address = f"/console/cases/{case.number}/?queue=open"
    assert statements_again(client_as(ada), address) == 12


def test_it_takes_four_more_when_nothing_is_kept(
    client_as: Browser, ada: Person, carla: Person, first_line: Team
) -> None:
    """The sizes of the queues, our people, our teams, other cases of the client."""
    case = a_case(carla)
    messages(case, 19, by=ada)
    address = f"/console/cases/{case.number}/?queue=open"
    assert statements_afresh(client_as(ada), address) == 16


@pytest.mark.parametrize("count", [1, 20, 200])
def test_a_case_in_the_help_center_takes_thirteen(
    count: int, client_as: Browser, ada: Person, carla: Person
) -> None:
    case = a_case(carla)
    messages(case, count - 1, by=ada)
    assert statements_afresh(client_as(carla), f"/cases/{case.number}/") == 13


@pytest.mark.parametrize(
    ("address", "count"), [("/cases/", 7), ("/cases/?state=all", 7), ("/cases/?q=report", 9)]
)
def test_my_cases_take_seven_and_a_search_nine(
    address: str, count: int, client_as: Browser, carla: Person
) -> None:
    browser = client_as(carla)
    indexing.reindex(a_case(carla))
    assert statements_afresh(browser, address) == count
    thirty_cases(carla)
    assert statements_afresh(browser, address) == count


def test_the_first_page_takes_four(client_as: Browser, carla: Person) -> None:
    browser = client_as(carla)
    a_case(carla)
    assert statements_again(browser, "/") == 4
    thirty_cases(carla)
    assert statements_again(browser, "/") == 4


def test_the_form_for_a_case_takes_four(client_as: Browser, carla: Person) -> None:
    """Session, reader, policies, areas."""
    assert statements_again(client_as(carla), "/cases/new/") == 4
