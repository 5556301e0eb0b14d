"""The live board of the chats."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cases.console.queues import counted
from chat.measures.board import board
from chat.measures.reading import Day, days
from helpdesk.design.words import length_words
from helpdesk.people.gates import staff_only
from helpdesk.people.requests import PersonRequest

DAYS = 8
NONE = "–"


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure with its name and a word beside it."""

    name: str
    figure: str
    note: str = ""


@staff_only
@require_GET
@never_cache
def show(request: PersonRequest) -> HttpResponse:
    """How things stand now, and the days before; a script asks for the part that is live."""
    now = timezone.now()
    shown = board(now=now)
    context = {"board": shown, "today": _stats(shown.today)}
    if request.GET.get("part") == "live":
        return render(request, "console/chat/_board.html", context)
    context |= {
        "days": days(now=now, zone=ZoneInfo(str(settings.DESK_TIME_ZONE)), count=DAYS)[1:],
        "queues": [(one, False) for one in counted(request.user)],
    }
    return render(request, "console/chat-board.html", context)


def _stats(day: Day) -> list[Stat]:
    rated = day.good + day.bad
    return [
        Stat(_("Chats today"), str(day.begun), _("%d left as messages") % day.messages),
        Stat(_("Abandoned"), _percent(day.share_abandoned), _("%d chats") % day.abandoned),
        Stat(_("Waited, on average"), _length(day.mean_wait), _longest(day)),
        Stat(_("First reply, on average"), _length(day.mean_reply)),
        Stat(_("At once, at most"), str(day.most_at_once)),
        Stat(_("Went well"), _percent(day.share_good), _("of %d answers") % rated),
    ]


def _longest(day: Day) -> str:
    return _("at most %s") % length_words(day.longest_wait) if day.accepted else ""


def _length(seconds: float | None) -> str:
    return NONE if seconds is None else length_words(seconds)


def _percent(share: float | None) -> str:
    return NONE if share is None else f"{round(share * 100)}\N{NO-BREAK SPACE}%"
