"""A change in draft: what it would have done, and what becomes of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.refusing import Refused
from cases.sla.metrics import Metric
from cases.sla.models import SlaEvent, SlaNotice, SlaPolicy
from cases.whatif import drafting, replaying
from cases.whatif.models import Difference, Draft
from helpdesk.calendars.models import Calendar, Holiday
from helpdesk.people.models import Person
from tests.builders import a_policy
from tests.cases.sla.desk import opened, timer, wrote
from tests.cases.sla.desk import swept as promises_swept
from tests.cases.sla.logs import on
from tests.helpdesk.calendars.desk import a_calendar

pytestmark = pytest.mark.django_db
EIGHT_TO_SIX = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture(autouse=True)
def office(db: None) -> Calendar:
    return a_calendar("office")


@pytest.fixture(autouse=True)
def policy(office: Calendar) -> SlaPolicy:
    return a_policy("medium", first_response="8 hours")


def made(lea: Person, kind: str, spec: dict[str, Any], text: str = "Thu 12:00") -> Draft:
    return drafting.make(kind, spec, title="A thought", by=lea, at=on(text))


def replayed(lea: Person, kind: str, spec: dict[str, Any], text: str = "Thu 12:00") -> Draft:
    draft = made(lea, kind, spec, text)
    replaying.replay_some(seconds=60)
    draft.refresh_from_db()
    return draft


def changes(draft: Draft) -> list[tuple[str, datetime | None, datetime | None]]:
    rows = draft.differences.order_by("pk")
    return list(rows.values_list("effect", "due_before", "due_after"))


def longer(office: Calendar) -> dict[str, Any]:
    return {"calendar": office.pk, "weekly": EIGHT_TO_SIX}


def wednesday(office: Calendar) -> dict[str, Any]:
    return {"region": office.region_id, "date": "2026-05-13", "name": "Fair Day"}


def test_longer_hours_move_what_is_open(office: Calendar, carla: Person, lea: Person) -> None:
    opened(carla, "Thu 10:00")
    draft = replayed(lea, "hours", longer(office))
    assert changes(draft) == [("moved", on("Fri 10:00"), on("Thu 18:00"))]


def test_longer_hours_gain_a_breach(
    office: Calendar, carla: Person, ada: Person, lea: Person
) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Wed 09:30")
    draft = replayed(lea, "hours", longer(office))
    assert changes(draft) == [("gained", on("Wed 10:00"), on("Tue 18:00"))]


def test_a_holiday_loses_a_breach(
    office: Calendar, carla: Person, ada: Person, lea: Person
) -> None:
    case = opened(carla, "Tue 10:00")
    promises_swept("Wed 10:00:01")
    wrote(case, ada, "Thu 09:30")
    draft = replayed(lea, "holiday", wednesday(office))
    assert changes(draft) == [("lost", on("Wed 10:00"), on("Thu 10:00"))]
    assert (draft.gained, draft.lost, draft.moved) == (0, 1, 0)


def test_a_shorter_target_gains_a_breach(policy: SlaPolicy, carla: Person, lea: Person) -> None:
    opened(carla, "Thu 09:00")
    target = {"first_response": {"amount": 2, "unit": "hours"}}
    draft = replayed(lea, "policy", {"policy": policy.pk, "targets": target})
    assert changes(draft) == [("gained", on("Thu 17:00"), on("Thu 11:00"))]


def test_the_desk_stays_as_it_was(office: Calendar, carla: Person, lea: Person) -> None:
    case = opened(carla, "Thu 10:00")
    replayed(lea, "hours", longer(office))
    assert timer(case).due_at == on("Fri 10:00")
    assert (SlaEvent.objects.count(), SlaNotice.objects.count()) == (1, 0)


def test_what_ended_long_ago_is_left_out(
    office: Calendar, carla: Person, ada: Person, lea: Person
) -> None:
    case = opened(carla, "Tue 10:00")
    wrote(case, ada, "Wed 09:30")
    draft = made(lea, "hours", longer(office))
    Draft.objects.update(now=on("Thu 12:00").replace(month=12))
    replaying.replay_some(seconds=60)
    draft.refresh_from_db()
    assert (draft.state, draft.replayed) == ("done", 0)


def test_a_replay_goes_on_batch_by_batch(
    office: Calendar, carla: Person, lea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "BATCH", 1)
    for _ in range(3):
        opened(carla, "Thu 10:00")
    draft = made(lea, "hours", longer(office))
    assert replaying.replay_some(seconds=0) == 0
    assert replaying.replay_some(seconds=60) == 3
    assert Difference.objects.filter(draft=draft).count() == 3


def test_an_applied_draft_is_a_new_version(office: Calendar, carla: Person, lea: Person) -> None:
    draft = replayed(lea, "hours", longer(office))
    drafting.apply(draft, by=lea, at=on("Thu 13:00"))
    newest = office.versions.latest("number")
    assert (newest.weekly["mon"], newest.why) == ([["08:00", "18:00"]], "What-if: A thought")


def test_an_applied_holiday_is_entered(office: Calendar, lea: Person) -> None:
    drafting.apply(replayed(lea, "holiday", wednesday(office)), by=lea, at=on("Mon 09:00"))
    assert Holiday.objects.get().name == "Fair Day"
    assert office.versions.latest("number").holidays[0]["date"] == "2026-05-13"


def test_an_applied_target_is_followed(policy: SlaPolicy, lea: Person) -> None:
    target = {"first_response": {"amount": 2, "unit": "hours"}}
    draft = replayed(lea, "policy", {"policy": policy.pk, "targets": target})
    drafting.apply(draft, by=lea, at=on("Thu 13:00"))
    policy.refresh_from_db()
    assert policy.targets.get(metric=Metric.FIRST_RESPONSE).amount == 2
    assert policy.edited_at == on("Thu 13:00")


def test_a_draft_is_applied_once(office: Calendar, lea: Person) -> None:
    draft = replayed(lea, "holiday", wednesday(office))
    drafting.apply(draft, by=lea, at=on("Mon 09:00"))
    with pytest.raises(Refused):
        drafting.apply(draft, by=lea, at=on("Mon 09:01"))


def test_a_dropped_draft_changes_nothing(office: Calendar, lea: Person) -> None:
    draft = made(lea, "holiday", wednesday(office))
    drafting.drop(draft, at=on("Mon 09:00"))
    assert replaying.replay_some(seconds=60) == 0
    assert not Holiday.objects.exists()


def test_a_failed_replay_is_told(office: Calendar, carla: Person, lea: Person) -> None:
    opened(carla, "Thu 10:00")
    draft = replayed(lea, "hours", {"calendar": office.pk, "weekly": {"mon": [["x", "y"]]}})
    assert draft.state == "failed"


def test_a_lead_drafts_looks_and_applies(
    office: Calendar, carla: Person, lea: Person, client_as: Callable[[Person], Client]
) -> None:
    browser = client_as(lea)
    form = {"region": office.region_id, "date": "2026-05-13", "name": "Fair Day"}
    answer = browser.post(reverse("whatif:make", args=["holiday"]), form)
    replaying.replay_some(seconds=60)
    page = browser.get(answer["Location"])
    assert "Apply from now on" in page.text
    browser.post(reverse("whatif:decide", args=[Draft.objects.get().pk]), {"apply": "1"})
    assert Draft.objects.get().state == "applied"


def test_hours_that_cannot_be_meant_are_refused_and_kept(
    office: Calendar, lea: Person, client_as: Callable[[Person], Client]
) -> None:
    form = {"calendar": office.pk, "mon": "17:00-09:00", "tue": "09:00-12:00"}
    page = client_as(lea).post(reverse("whatif:make", args=["hours"]), form)
    assert page.status_code == 422
    assert "09:00-12:00" in page.text


@pytest.mark.parametrize("name", ["drafts", "make", "draft"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("lea", 200), ("root", 200), ("ada", 404), ("carla", 404), ("cem", 404), ("gil", 404)],
)
def test_leads_and_administrators_are_let_in(
    name: str,
    who: str,
    status: int,
    office: Calendar,
    client_as: Callable[[Person], Client],
    request: pytest.FixtureRequest,
    lea: Person,
) -> None:
    pk = made(lea, "holiday", wednesday(office)).pk
    arguments: dict[str, list[Any]] = {"drafts": [], "make": ["policy"], "draft": [pk]}
    browser = client_as(request.getfixturevalue(who))
    assert browser.get(reverse(f"whatif:{name}", args=arguments[name])).status_code == status


@pytest.mark.parametrize("who", ["ada", "carla", "cem", "gil"])
def test_nobody_else_decides(
    who: str,
    office: Calendar,
    client_as: Callable[[Person], Client],
    request: pytest.FixtureRequest,
    lea: Person,
) -> None:
    draft = made(lea, "holiday", wednesday(office))
    browser = client_as(request.getfixturevalue(who))
    browser.post(reverse("whatif:decide", args=[draft.pk]), {"drop": "1"})
    draft.refresh_from_db()
    assert draft.state == "running"
