"""The shipped preset."""

import pytest
from django.core.management import CommandError, call_command

from helpdesk.calendars.models import Calendar, CalendarVersion, Holiday, Region
from helpdesk.calendars.presets import Loaded, load_preset
from helpdesk.calendars.versions import working_time_of
from tests.helpdesk.calendars.schedules import at

pytestmark = pytest.mark.django_db
NOW = at("2026-05-12T00:00:00Z")


def test_anz_holds_the_regions_and_calendars_of_the_desk() -> None:
    loaded = load_preset("anz", by="Waratah", now=NOW)
    assert loaded == Loaded(regions=4, holidays=Holiday.objects.count(), calendars=4)
    assert set(Region.objects.values_list("code", flat=True)) == {"au-vic", "au-nsw", "nz", "us"}
    assert {holiday.date.year for holiday in Holiday.objects.all()} == {2025, 2026, 2027}


def test_loading_twice_is_the_same_as_loading_once() -> None:
    load_preset("anz", by="Waratah", now=NOW)
    before = _everything()
    assert load_preset("anz", by="Waratah", now=NOW) == Loaded(0, 0, 0)
    assert _everything() == before


def test_loading_again_leaves_what_an_administrator_changed() -> None:
    load_preset("anz", by="Waratah", now=NOW)
    Region.objects.filter(code="nz").update(emergency_phone="+64 9 555 0100")
    Calendar.objects.filter(slug="office").update(name="Melbourne office")
    load_preset("anz", by="Waratah", now=NOW)
    assert Region.objects.get(code="nz").emergency_phone == "+64 9 555 0100"
    assert Calendar.objects.get(slug="office").name == "Melbourne office"


@pytest.mark.parametrize(
    ("slug", "instant", "opens_at"),
    [
        ("office", "2026-05-17T00:00:00Z", "2026-05-17T23:00:00Z"),
        ("chat", "2026-05-17T00:00:00Z", "2026-05-18T00:00:00Z"),
        ("chat", "2026-05-18T12:00:00Z", "2026-05-18T21:00:00Z"),
        ("nz-office", "2026-04-26T00:00:00Z", "2026-04-27T21:00:00Z"),
        ("office", "2026-04-26T00:00:00Z", "2026-04-26T23:00:00Z"),
        ("round-the-clock", "2026-12-25T00:00:00Z", "2026-12-25T00:00:00Z"),
    ],
)
def test_anz_opens_when_the_desk_does(slug: str, instant: str, opens_at: str) -> None:
    load_preset("anz", by="Waratah", now=NOW)
    version = Calendar.objects.get(slug=slug).versions.get()
    assert working_time_of(version).next_open(at(instant)) == at(opens_at)


def test_the_command_says_what_it_added(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_preset", "anz")
    assert capsys.readouterr().out.startswith("Added 4 regions, ")


def test_an_unknown_preset_is_named_with_those_there_are() -> None:
    with pytest.raises(CommandError, match=r"There is no preset “mars”\. There are: anz\."):
        call_command("load_preset", "mars")


def _everything() -> list[object]:
    models = (Region, Holiday, Calendar, CalendarVersion)
    return [list(model.objects.order_by("pk").values()) for model in models]
