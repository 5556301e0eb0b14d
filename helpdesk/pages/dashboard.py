"""What goes on at the desk at this moment, for all of ours. No figure counts what has happened."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.lifecycle import State
from cases.models import Priority
from cases.reports.live import MOST_COUNTED, SECONDS, LiveFigures, live_figures
from chat.models import Conversation
from helpdesk.design.words import length_words
from helpdesk.exporting.tables import csv_answer
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest


@staff_only
@require_GET
def dashboard(request: PersonRequest) -> HttpResponse:
    """The whole page."""
    return render(request, "console/reports/dashboard.html", _context())


@staff_only
@require_GET
def figures(request: PersonRequest) -> HttpResponse:
    """The figures alone, fetched again and again by an open page."""
    return render(request, "console/reports/_live.html", _context())


@staff_only
@require_GET
def dashboard_csv(request: PersonRequest) -> HttpResponse:
    """The same figures for a spreadsheet."""
    live, waiting = _figures()
    return csv_answer(_rows(live, waiting), filename="dashboard.csv")


def _context() -> dict[str, Any]:
    live, waiting = _figures()
    return {
        "live": live,
        "seconds": SECONDS,
        "priorities": [one.label for one in Priority],
        "states": [
            (state, State(state).label, list(row.items()), sum(row.values()))
            for state, row in live.by_state.items()
        ],
        "due_soon": _bounded(live.due_soon),
        "overdue": _bounded(live.overdue),
        "missed_today": _bounded(live.missed_today),
        "median": "" if live.median_seconds is None else length_words(live.median_seconds),
        "chats_waiting": _bounded(waiting),
    }


def _figures() -> tuple[LiveFigures, int]:
    now = timezone.now()
    live = live_figures(now=now, midnight=_midnight(now))
    waiting = Conversation.objects.filter(state=Conversation.State.WAITING).order_by()
    return live, waiting[: MOST_COUNTED + 1].count()


def _midnight(now: datetime) -> datetime:
    """When the desk's day began."""
    zone = ZoneInfo(settings.DESK_TIME_ZONE)
    return datetime.combine(now.astimezone(zone).date(), time.min, tzinfo=zone)


def _bounded(count: int) -> str:
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}"


def _rows(live: LiveFigures, waiting: int) -> Iterator[tuple[str, str]]:
    yield "figure", "value"
    yield "taken at (UTC)", f"{live.taken_at:%Y-%m-%d %H:%M:%S}"
    for state, row in live.by_state.items():
        for priority, count in row.items():
            yield f"open: {state}, {priority}", str(count)
    yield "due within the hour", _bounded(live.due_soon)
    yield "overdue", _bounded(live.overdue)
    yield "missed today", _bounded(live.missed_today)
    yield "median first response, seconds of opening time", str(live.median_seconds or "")
    yield "satisfaction this month, good", str(live.good)
    yield "satisfaction this month, answers", str(live.answered)
    yield "chats waiting", _bounded(waiting)
