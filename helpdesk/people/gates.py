"""Doors of the surfaces: who is let in at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from helpdesk.people.models import Person

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def staff_only(view: View) -> View:
    """Let in agents, leads and administrators; anybody else finds no such page."""
    return _gate(view, lambda person: person.is_staff_member)


def leads_only(view: View) -> View:
    """Let in leads and administrators; anybody else finds no such page."""
    return _gate(view, lambda person: person.is_lead)


def _gate(view: View, may_enter: Callable[[Person], bool]) -> View:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        if not isinstance(person, Person) or not may_enter(person):
            raise Http404("There is no such page for you.")
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]
