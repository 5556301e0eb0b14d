"""Views that people keep under a name."""

import pytest

from cases.saved import saving
from cases.saved.models import SavedView
from helpdesk.people.models import Person

PORTAL = SavedView.Surface.PORTAL.value


def save(name: str, person: Person, **values: str) -> SavedView:
    return saving.save(name, values, person=person, surface=PORTAL)


def test_a_view_is_kept_under_its_name(carla: Person) -> None:
    save("  Urgent   ones ", carla, priority="high")
    assert [(view.name, view.query) for view in saving.views_of(carla, surface=PORTAL)] == [
        ("Urgent ones", "priority=high")
    ]


def test_a_view_of_the_same_name_is_replaced(carla: Person) -> None:
    save("Urgent", carla, priority="high")
    save("Urgent", carla, priority="critical")
    assert [view.query for view in saving.views_of(carla, surface=PORTAL)] == ["priority=critical"]


def test_a_view_needs_a_name(carla: Person) -> None:
    with pytest.raises(saving.NotSaved, match="Give the view a name"):
        save(" ", carla, priority="high")


def test_a_view_of_too_many_words_is_refused(carla: Person) -> None:
    with pytest.raises(saving.NotSaved, match="Use fewer words"):
        save("Long", carla, q="\N{GREEK SMALL LETTER ALPHA}" * 200)


def test_nobody_keeps_more_than_twenty(carla: Person) -> None:
    for number in range(20):
        save(f"View {number}", carla)
    with pytest.raises(saving.NotSaved, match="20 views already"):
        save("One more", carla)


def test_the_twentieth_can_still_be_changed(carla: Person) -> None:
    for number in range(20):
        save(f"View {number}", carla)
    assert save("View 19", carla, priority="low").query == "priority=low"


def test_nobody_removes_the_view_of_another(carla: Person, cem: Person) -> None:
    view = save("Urgent", carla, priority="high")
    assert not saving.forget(view.pk, person=cem)
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_nobody_is_offered_the_view_of_another(carla: Person, cem: Person) -> None:
    save("Urgent", carla, priority="high")
    assert saving.views_of(cem, surface=PORTAL) == []
