"""The shipped ladder."""

import pytest

from cases.escalations.models import Chain
from cases.escalations.presets import load_chain

pytestmark = pytest.mark.django_db


def test_the_shipped_ladder_ends_with_the_leads_and_is_added_once() -> None:
    assert [load_chain(), load_chain()] == [True, False]
    levels = Chain.objects.get().levels.values_list("who", flat=True)
    assert list(levels) == ["assignee", "team", "leads"]
