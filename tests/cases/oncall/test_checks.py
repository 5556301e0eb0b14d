"""The rota among the checks of the desk's time."""

from datetime import timedelta

import pytest

from cases.oncall.checks import rota_gaps
from cases.oncall.models import Rota
from tests.helpdesk.calendars.schedules import at

pytestmark = pytest.mark.django_db
NOW = at("2026-11-02T00:00:00Z")


def told() -> list[str]:
    return [one.finding.sentence for one in rota_gaps(NOW, NOW + timedelta(days=400))]


def test_a_desk_without_a_rota_is_told_so() -> None:
    Rota.objects.update(is_in_use=False)
    assert told() == ["No rota is in use: critical cases call nobody but the leads."]


def test_a_layer_without_shifts_is_one_gap() -> None:
    Rota.objects.update(is_in_use=False)
    rota = Rota.objects.create(name="Nights", time_zone="Australia/Melbourne")
    rota.layers.create(name="First", position=1)
    expected = "Nobody is on call from Mon 02 Nov 2026 11:00 to Tue 07 Dec 2027 11:00."
    assert told() == [expected]
