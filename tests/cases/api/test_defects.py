"""Defects in the API: read with rights, attached by our own people."""

from collections.abc import Callable

import pytest

from cases.defects.models import Defect, Link
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.people.models import Person
from tests.builders import a_case
from tests.cases.defects.desk import a_defect
from tests.helpdesk.api.calling import Caller, caller_for

pytestmark = pytest.mark.django_db
OWNERS = ("carla", "cem")
OURS = ("ada", "lea", "root")
STRANGERS = ("gil", "ivy")
PUBLIC = {
    "number", "title", "severity", "component", "affected_versions", "fixed_version", "state",
    "public_text", "workaround", "declined_because", "created_at", "updated_at",
}  # fmt: skip


@pytest.fixture
def calling(request: pytest.FixtureRequest) -> Callable[[str], Caller]:
    return lambda name: caller_for(request.getfixturevalue(name))


@pytest.fixture
def case(carla: Person) -> Case:
    return a_case(carla)


@pytest.fixture
def defect(ada: Person, case: Case) -> Defect:
    return a_defect(ada, case, internal_notes="Row 7", public_text="No rows.")


@pytest.mark.parametrize("who", OWNERS)
def test_clients_read_the_public_part_of_the_defects_of_their_cases(
    who: str, defect: Defect, case: Case, calling: Callable[[str], Caller]
) -> None:
    caller = calling(who)
    one = caller.get(f"defects/{defect.shown_number}/").json()
    listed = caller.get("defects/").json()["results"]
    of_case = caller.get(f"cases/{case.number}/defects/").json()["results"]
    assert (set(one), one["public_text"]) == (PUBLIC, "No rows.")
    assert listed == of_case == [one]


@pytest.mark.parametrize("who", OURS)
def test_ours_read_the_notes_too(
    who: str, defect: Defect, calling: Callable[[str], Caller]
) -> None:
    one = calling(who).get(f"defects/{defect.shown_number}/").json()
    assert set(one) == PUBLIC | {"internal_notes", "version", "case_count", "merged_into"}
    assert (one["internal_notes"], one["case_count"]) == ("Row 7", 1)


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_reads_the_same_as_for_what_is_not_there(
    who: str, defect: Defect, case: Case, calling: Callable[[str], Caller]
) -> None:
    caller = calling(who)
    theirs = caller.get(f"defects/{defect.shown_number}/")
    assert theirs.content == caller.get("defects/D-99999/").content
    assert theirs.status_code == caller.get(f"cases/{case.number}/defects/").status_code == 404
    assert caller.get("defects/").json()["results"] == []


@pytest.mark.parametrize("who", OURS)
def test_ours_attach_and_detach(
    who: str, case: Case, ada: Person, calling: Callable[[str], Caller]
) -> None:
    defect, caller = a_defect(ada), calling(who)
    body = {"defect": defect.shown_number}
    attached = caller.post(f"cases/{case.number}/defects/", body).json()["results"]
    again = caller.post(f"cases/{case.number}/defects/", body)
    assert [one["number"] for one in attached] == [defect.shown_number]
    assert (again.status_code, Link.objects.count()) == (200, 1)
    address = f"cases/{case.number}/defects/{defect.shown_number}/detachment/"
    assert caller.post(address, {"reason": "Another."}).json() == {"results": []}
    assert not Link.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("carla", 403), ("cem", 403), ("gil", 404)])
def test_clients_attach_and_detach_nothing(
    who: str, status: int, defect: Defect, case: Case, calling: Callable[[str], Caller]
) -> None:
    before = Link.objects.count(), Entry.objects.count()
    caller = calling(who)
    detach = f"cases/{case.number}/defects/{defect.shown_number}/detachment/"
    answers = [
        caller.post(f"cases/{case.number}/defects/", {"defect": defect.shown_number}),
        caller.post(detach),
    ]
    assert [answer.status_code for answer in answers] == [status, status]
    assert (Link.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("body", [{}, {"defect": "42"}, {"defect": "D-1", "more": 1}])
def test_what_is_not_understood_is_named(body: dict[str, object], case: Case, ada: Person) -> None:
    answer = caller_for(ada).post(f"cases/{case.number}/defects/", body)
    assert (answer.status_code, bool(answer.json()["errors"])) == (400, True)


def test_without_a_token_nothing_is_told(defect: Defect, case: Case) -> None:
    addresses = ["defects/", f"defects/{defect.shown_number}/", f"cases/{case.number}/defects/"]
    assert [Caller().get(address).status_code for address in addresses] == [401, 401, 401]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "logged"}, 1),
        ({"state": "released"}, 0),
        ({"severity": "3"}, 1),
        ({"q": "rows"}, 1),
        ({"q": "Row 7"}, 1),
        ({"component": "Reports"}, 0),
    ],
)
def test_the_list_is_narrowed(
    query: dict[str, str], count: int, defect: Defect, ada: Person
) -> None:
    assert len(caller_for(ada).get("defects/", **query).json()["results"]) == count


def test_a_client_finds_nothing_by_our_notes(defect: Defect, carla: Person) -> None:
    assert caller_for(carla).get("defects/", q="Row 7").json()["results"] == []
