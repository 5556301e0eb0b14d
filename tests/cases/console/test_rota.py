"""The rota in the console: its week, its forms, what they refuse."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client

from cases.oncall.models import Override, Rota, Shift
from helpdesk.people.models import Person
from tests.cases.oncall.desk import NIGHT, a_rota, a_shift

Browser = Callable[[Person], Client]
ON_CALL = "/console/on-call/"


@pytest.fixture
def rota(ada: Person, ben: Person) -> Rota:
    return a_rota(primary=ada, secondary=ben)


@pytest.fixture
def leas(client_as: Browser, lea: Person) -> Client:
    return client_as(lea)


def a_shift_form(rota: Rota, person: Person, **changes: Any) -> dict[str, Any]:
    return {
        "layer": rota.layers.first().pk,  # type: ignore[union-attr]
        "person": person.pk,
        "first_on": "2026-07-06",
        "starts_at": "17:00",
        "days": 1,
        "ends_at": "09:00",
        "every_weeks": 1,
        **changes,
    }


def an_override_form(rota: Rota, person: Person, **changes: Any) -> dict[str, Any]:
    return {
        "layer": rota.layers.first().pk,  # type: ignore[union-attr]
        "person": person.pk,
        "starts_at": "2026-07-03T08:00",
        "ends_at": "2026-07-03T20:00",
        **changes,
    }


def test_without_a_rota_the_page_says_how_to_begin(leas: Client) -> None:
    assert "Make a rota" in leas.get(ON_CALL).text


def test_a_lead_makes_one_with_its_layers_in_order(leas: Client) -> None:
    leas.post(
        f"{ON_CALL}settings/",
        {
            "name": "Desk",
            "time_zone": "Australia/Melbourne",
            "layers": "Primary\nSecondary\n\nLead\nPrimary",
            "minutes_to_answer": 7,
            "rounds": 3,
            "minutes_to_act": 20,
        },
    )
    rota = Rota.objects.get()
    assert (rota.minutes_to_answer, rota.is_in_use) == (7, True)
    assert list(rota.layers.values_list("name", flat=True)) == ["Primary", "Secondary", "Lead"]


def test_a_layer_that_stays_keeps_its_shifts(leas: Client, rota: Rota) -> None:
    form = {
        "name": "Desk",
        "time_zone": "Australia/Melbourne",
        "layers": "Secondary\nPrimary",
        "minutes_to_answer": 5,
        "rounds": 3,
        "minutes_to_act": 20,
    }
    leas.post(f"{ON_CALL}settings/", form)
    assert list(rota.layers.values_list("name", flat=True)) == ["Secondary", "Primary"]
    assert Shift.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("time_zone", "Melbourne", "not a time zone"),
        ("layers", " \n ", "Write one to 8 layers, one a line."),
        ("minutes_to_answer", "0", "greater than or equal to 1"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    field: str, value: str, words: str, leas: Client
) -> None:
    form = {
        "name": "Desk",
        "time_zone": "Australia/Melbourne",
        "layers": "Primary",
        "minutes_to_answer": 5,
        "rounds": 3,
        "minutes_to_act": 20,
        field: value,
    }
    answer = leas.post(f"{ON_CALL}settings/", form)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Rota.objects.exists()


@time_machine.travel(NIGHT, tick=False)
def test_the_week_shows_who_is_on_call_day_by_day(leas: Client, rota: Rota) -> None:
    shown = leas.get(ON_CALL).text
    assert "29 Jun – 5 Jul 2026" in shown
    assert shown.count("Ada Lovelace") >= 7
    assert "Nobody is on call" not in shown


@time_machine.travel(NIGHT, tick=False)
def test_another_week_is_asked_for_by_its_day(leas: Client, rota: Rota) -> None:
    assert "5 Oct – 11 Oct 2026" in leas.get(f"{ON_CALL}?week=2026-10-07").text
    assert leas.get(f"{ON_CALL}?week=soon").status_code == 200


@time_machine.travel(NIGHT, tick=False)
def test_gaps_ahead_are_shown(leas: Client, rota: Rota) -> None:
    Shift.objects.filter(layer__name="Secondary").update(until_on=datetime(2026, 7, 6, tzinfo=UTC))
    shown = leas.get(ON_CALL).text
    assert "Nobody is on call" in shown
    assert "Secondary:" in shown


def test_a_lead_adds_a_night(leas: Client, rota: Rota, lea: Person) -> None:
    leas.post(f"{ON_CALL}shifts/", a_shift_form(rota, lea))
    shift = Shift.objects.get(person=lea)
    assert (shift.starts_at, shift.days, shift.ends_at) == (time(17), 1, time(9))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days": 0}, "It must end after it begins."),
        ({"days": 8}, "It would still run when it begins again."),
        ({"days": 7, "ends_at": "17:01"}, "It would still run when it begins again."),
        ({"until_on": "2026-07-05"}, "The last day lies before the first."),
        ({"every_weeks": 0}, "greater than or equal to 1"),
        ({"starts_at": "25:00"}, "Enter a valid time."),
    ],
)
def test_a_shift_that_makes_no_sense_is_refused_and_what_was_typed_stays(
    changes: dict[str, Any], words: str, leas: Client, rota: Rota, lea: Person
) -> None:
    answer = leas.post(f"{ON_CALL}shifts/", a_shift_form(rota, lea, **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="2026-07-06"' in answer.text
    assert Shift.objects.count() == 2


def test_no_client_is_put_on_call(leas: Client, rota: Rota, carla: Person) -> None:
    assert leas.post(f"{ON_CALL}shifts/", a_shift_form(rota, carla)).status_code == 422


@time_machine.travel(NIGHT, tick=False)
def test_who_stands_in_is_told_by_the_clock_of_the_rota(
    leas: Client, rota: Rota, lea: Person
) -> None:
    Person.objects.filter(pk=lea.pk).update(time_zone="Europe/Berlin")
    leas.post(f"{ON_CALL}overrides/", an_override_form(rota, lea))
    override = Override.objects.get()
    assert override.starts_at == datetime(2026, 7, 2, 22, tzinfo=UTC)
    assert override.made_by == lea
    assert "stands in" in leas.get(ON_CALL).text


@time_machine.travel(NIGHT, tick=False)
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_at": "2026-07-03T08:00"}, "It must end after it begins."),
        ({"starts_at": "2026-06-01T08:00", "ends_at": "2026-06-02T08:00"}, "This is over already."),
        ({"starts_at": "soon"}, "Enter a valid date/time."),
    ],
)
def test_an_override_that_makes_no_sense_is_refused(
    changes: dict[str, Any], words: str, leas: Client, rota: Rota, lea: Person
) -> None:
    answer = leas.post(f"{ON_CALL}overrides/", an_override_form(rota, lea, **changes))
    assert (answer.status_code, Override.objects.count()) == (422, 0)
    assert words in answer.text


def test_shifts_and_overrides_are_taken_out(leas: Client, rota: Rota, lea: Person) -> None:
    layer = rota.layers.all()[0]
    a_shift(layer, lea)
    mine = Shift.objects.get(person=lea)
    leas.post(f"{ON_CALL}shifts/{mine.pk}/removal/")
    assert not Shift.objects.filter(pk=mine.pk).exists()
    override = layer.overrides.create(
        person=lea, starts_at=NIGHT, ends_at=datetime(2026, 7, 9, tzinfo=UTC)
    )
    leas.post(f"{ON_CALL}overrides/{override.pk}/removal/")
    assert not Override.objects.exists()
