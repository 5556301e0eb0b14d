"""Calendars to look at, in the console, for leads and administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.console.queues import counted
from helpdesk.calendars.desk_lint import lint_desk
from helpdesk.calendars.lint import DAYS_AHEAD, Severity
from helpdesk.people.gates import leads_only
from helpdesk.people.requests import PersonRequest

TONES = {Severity.ERROR: "waratah", Severity.WARNING: "wattle", Severity.NOTE: "sky"}


@leads_only
@require_GET
def calendar_checks(request: PersonRequest) -> HttpResponse:
    """What is wrong, or soon will be, with the time of the desk."""
    found = lint_desk(now=timezone.now())
    context = {
        "found": [(one, TONES[one.finding.severity]) for one in found],
        "days": DAYS_AHEAD,
        "queues": [(one, False) for one in counted(request.user)],
    }
    return render(request, "console/calendar-checks.html", context)
