"""A missed promise climbs its ladder until somebody looks."""

import pytest

from cases.actions.assigning import assign
from cases.actions.refusing import Refused
from cases.escalations import climbing
from cases.escalations.models import Chain, Escalation
from cases.models import Case
from cases.sla.models import SlaPolicy
from helpdesk.calendars.models import Calendar
from helpdesk.journal.models import Entry
from helpdesk.mail.models import OutboundMail
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from tests.builders import a_policy
from tests.cases.sla.desk import opened, wrote
from tests.cases.sla.desk import swept as promises_swept
from tests.cases.sla.logs import on
from tests.helpdesk.calendars.desk import a_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db: None) -> Calendar:
    return a_calendar("office")


@pytest.fixture(autouse=True)
def policy(office: Calendar) -> SlaPolicy:
    return a_policy("medium", first_response="8 hours")


@pytest.fixture(autouse=True)
def chain(office: Calendar) -> Chain:
    """The assignee, half an hour later the leads."""
    chain = Chain.objects.create(acknowledged_minutes=60)
    chain.levels.create(position=1, who="assignee", wait_minutes=30)
    chain.levels.create(position=2, who="leads", wait_minutes=30)
    return chain


@pytest.fixture
def case(carla: Person, ada: Person, lea: Person) -> Case:
    """Ada's case, whose answer was due on Wednesday at ten."""
    case = opened(carla, "Tue 10:00")
    assign(case, ada, by=Actor.of(lea), at=on("Tue 10:05"))
    missed("Wed 10:00:01")
    return case


def missed(text: str) -> None:
    """The sweep finds a miss, and its news is reacted to, twice."""
    promises_swept(text)
    for entry in [*Entry.objects.filter(kind="case.promise_missed")] * 2:
        climbing.begin(entry)


def swept(*texts: str) -> None:
    for text in texts:
        climbing.sweep(now=on(text))


def told() -> list[str]:
    sent = OutboundMail.objects.filter(kind="case_escalated").order_by("pk")
    return [address.partition("@")[0] for address in sent.values_list("to_address", flat=True)]


def acknowledged(case: Case, by: Person, text: str) -> Escalation:
    return climbing.acknowledge(case, by=Actor.of(by), at=on(text))


def test_the_assignee_is_told_first(case: Case) -> None:
    swept("Wed 10:00:01", "Wed 10:00:02")
    assert told() == ["ada"]


def test_the_leads_are_told_half_an_hour_later(case: Case) -> None:
    swept("Wed 10:00:01", "Wed 10:30", "Wed 10:30:01")
    assert told() == ["ada", "lea"]


def test_after_the_last_level_it_stays_in_the_queue(case: Case) -> None:
    swept("Wed 10:00:01", "Wed 10:30:01", "Wed 16:00")
    assert told() == ["ada", "lea"]
    assert Escalation.objects.get().is_open


def test_an_acknowledgement_stops_it(case: Case, ada: Person) -> None:
    swept("Wed 10:00:01")
    acknowledged(case, ada, "Wed 10:10")
    swept("Wed 10:30:01")
    assert told() == ["ada"]


def test_it_comes_back_when_the_acknowledgement_expires(case: Case, ada: Person) -> None:
    swept("Wed 10:00:01")
    acknowledged(case, ada, "Wed 10:10")
    swept("Wed 11:09:59", "Wed 11:10")
    assert told() == ["ada", "ada"]


def test_an_answer_ends_it(case: Case, ada: Person) -> None:
    swept("Wed 10:00:01")
    wrote(case, ada, "Wed 10:20")
    climbing.settle(Entry.objects.filter(kind="case.replied").latest("pk"))
    swept("Wed 10:30:01")
    assert (told(), Escalation.objects.get().state) == (["ada"], "ended")


def test_the_sweep_ends_what_was_answered_and_not_yet_settled(case: Case, ada: Person) -> None:
    wrote(case, ada, "Wed 10:00:30")
    swept("Wed 10:01")
    assert (told(), Escalation.objects.get().state) == ([], "ended")


def test_nothing_left_to_acknowledge_is_said(case: Case, ada: Person) -> None:
    wrote(case, ada, "Wed 10:00:30")
    swept("Wed 10:01")
    with pytest.raises(Refused, match="Nothing is escalated"):
        acknowledged(case, ada, "Wed 10:02")


def test_a_running_escalation_keeps_the_ladder_that_it_began_with(case: Case, chain: Chain) -> None:
    swept("Wed 10:00:01")
    chain.levels.all().delete()
    swept("Wed 10:30:01")
    assert told() == ["ada", "lea"]


def test_a_level_without_anybody_is_left_out(carla: Person, lea: Person) -> None:
    opened(carla, "Tue 10:00")
    missed("Wed 10:00:01")
    swept("Wed 10:00:01")
    assert told() == ["lea"]


def test_the_night_is_left_out(carla: Person, ada: Person, lea: Person) -> None:
    """Due on Tuesday at closing: the assignee hears of it in the morning, the leads after."""
    case = opened(carla, "Tue 09:00")
    assign(case, ada, by=Actor.of(lea), at=on("Tue 10:05"))
    missed("Tue 17:00:01")
    swept("Tue 17:00:01", "Tue 23:00")
    assert told() == []
    swept("Wed 09:00")
    assert told() == ["ada"]


def test_a_critical_case_climbs_at_night(carla: Person, ada: Person, lea: Person) -> None:
    a_policy(
        "critical", first_response="2 hours", calendar=a_calendar("always", daily="00:00-24:00")
    )
    case = opened(carla, "Tue 20:00", priority="critical")
    assign(case, ada, by=Actor.of(lea), at=on("Tue 20:05"))
    missed("Tue 22:00:01")
    swept("Tue 22:00:01", "Tue 22:30:01")
    assert told() == ["ada", "lea"]


def test_a_policy_has_a_ladder_of_its_own(carla: Person, lea: Person, policy: SlaPolicy) -> None:
    Chain.objects.create(policy=policy, is_active=True)
    opened(carla, "Tue 10:00")
    missed("Wed 10:00:01")
    assert not Escalation.objects.exists()


def test_who_was_told_stands_on_the_case(case: Case) -> None:
    swept("Wed 10:00:01")
    entry = Entry.objects.get(kind="case.escalated")
    assert entry.sentence == "The missed promise was escalated to Ada Lovelace."
