"""Five organisations report the same thing: one card."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.actions.refusing import Refused
from cases.defects.actions import settling
from cases.defects.actions.recording import Report
from cases.defects.surges import raising
from cases.defects.surges.models import Signature, Surge, SurgeCase
from cases.defects.surges.showing import raised_cards, unattached_of
from cases.models import Case
from helpdesk.calendars.models import Region
from helpdesk.journal.models import Entry
from helpdesk.people.actors import Actor
from helpdesk.people.models import Organisation, Person
from tests.builders import a_case
from tests.cases.defects.surges.reports import APART, SAME
from tests.cases.defects.surges.reports import Report as Words

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 5, 11, 0, 0, tzinfo=UTC)


def a_client(number: int, region: Region) -> Person:
    organisation, _ = Organisation.objects.get_or_create(name=f"Org {number}", region=region)
    name = f"client{number}"
    person: Person = Person.objects.filter(username=name).first() or Person.objects.create_user(
        name, f"{name}@org{number}.example", organisation=organisation, role="client"
    )
    return person


def reported(words: Words, *, by: Person, minutes: int) -> Case:
    subject, details = words
    case = a_case(by, subject=subject, details=details, at=MORNING + timedelta(minutes=minutes))
    raising.look_at(Entry.objects.get(kind="case.opened", subject_id=case.pk))
    return case


def five(name: str, region: Region, *, apart: int = 10) -> list[Case]:
    return [
        reported(words, by=a_client(number, region), minutes=number * apart)
        for number, words in enumerate(SAME[name][:5])
    ]


@pytest.mark.parametrize("name", SAME)
def test_five_organisations_raise_one_card_with_all_their_cases(
    name: str, victoria: Region
) -> None:
    cases = five(name, victoria)
    surge = Surge.objects.get()
    assert set(surge.members.values_list("case_id", flat=True)) == {case.pk for case in cases}
    raised = Entry.objects.get(kind="surge.raised")
    assert (raised.subject_id, raised.data["organisations"]) == (surge.pk, 5)


def test_four_organisations_raise_none(victoria: Region) -> None:
    for number, words in enumerate(SAME["report"][:4]):
        reported(words, by=a_client(number, victoria), minutes=number)
    assert not Surge.objects.exists()


def test_five_people_of_one_organisation_raise_none(acme: Organisation, carla: Person) -> None:
    for number, words in enumerate(SAME["report"]):
        reported(words, by=carla, minutes=number)
    assert not Surge.objects.exists()


def test_five_reports_over_two_days_raise_none(victoria: Region) -> None:
    five("report", victoria, apart=600)
    assert not Surge.objects.exists()


def test_a_busy_day_of_other_cases_raises_none(victoria: Region) -> None:
    for number, words in enumerate(APART):
        reported(words, by=a_client(number, victoria), minutes=number)
    assert not Surge.objects.exists()


def test_a_sixth_joins_the_card(victoria: Region) -> None:
    five("sign-in", victoria)
    reported(SAME["sign-in"][5], by=a_client(9, victoria), minutes=55)
    assert Surge.objects.get().members.count() == 6


def test_looking_twice_raises_no_second_card(victoria: Region) -> None:
    cases = five("report", victoria)
    raising.look_at(Entry.objects.get(kind="case.opened", subject_id=cases[-1].pk))
    assert (Surge.objects.count(), SurgeCase.objects.count()) == (1, 5)


def test_a_defect_is_made_of_the_ticked_cases_alone(victoria: Region, ada: Person) -> None:
    cases = five("report", victoria)
    surge = Surge.objects.get()
    report = Report(title="Reports are empty", severity=1)
    defect = settling.make_defect(surge, report, cases=cases[:4], by=Actor.of(ada))
    surge.refresh_from_db()
    assert (surge.state, surge.defect, surge.settled_by) == ("settled", defect, ada.name)
    assert set(defect.links.values_list("case_id", flat=True)) == {case.pk for case in cases[:4]}


def test_who_comes_after_the_defect_was_made_is_offered_on_its_page(
    victoria: Region, ada: Person
) -> None:
    cases = five("sign-in", victoria)
    surge = Surge.objects.get()
    defect = settling.make_defect(surge, Report(title="Sign-in"), cases=cases, by=Actor.of(ada))
    later = reported(SAME["sign-in"][5], by=a_client(9, victoria), minutes=55)
    assert unattached_of(defect) == [later]
    assert raised_cards(now=MORNING) == []


def test_not_the_same_takes_the_card_away_and_its_cases_count_no_more(
    victoria: Region, ada: Person
) -> None:
    five("sign-in", victoria)
    settling.dismiss(Surge.objects.get(), by=Actor.of(ada))
    reported(SAME["sign-in"][5], by=a_client(9, victoria), minutes=55)
    assert [surge.state for surge in Surge.objects.all()] == ["dismissed"]


def test_a_card_is_settled_once(victoria: Region, ada: Person, ben: Person) -> None:
    five("report", victoria)
    surge = Surge.objects.get()
    settling.dismiss(surge, by=Actor.of(ada))
    with pytest.raises(Refused, match=f"{ada.name} has settled"):
        settling.dismiss(surge, by=Actor.of(ben))


def test_no_client_settles_a_card(victoria: Region, carla: Person) -> None:
    five("report", victoria)
    with pytest.raises(Refused):
        settling.dismiss(Surge.objects.get(), by=Actor.of(carla))
    assert Surge.objects.get().state == "raised"


def test_old_stems_are_forgotten(victoria: Region) -> None:
    five("report", victoria)
    assert raising.forget_old(now=MORNING + timedelta(days=3)) == 5
    assert not Signature.objects.exists()
