"""Reports for leads."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.reports import promises
from cases.reports.promises import Narrowing
from helpdesk.exporting.tables import csv_answer
from helpdesk.people.gates import leads_only
from helpdesk.people.models import Organisation
from helpdesk.people.requests import PersonRequest

MOST_DIGITS = 18


@leads_only
@require_GET
def promise_report(request: PersonRequest) -> HttpResponse:
    """Promises kept and missed, narrowed by month and organisation, with the newest misses."""
    month = _month(request.GET.get("month", ""))
    organisation = _organisation(request.GET.get("organisation", ""))
    narrowing = Narrowing(month, organisation.pk if organisation else None)
    context = {
        "month": month,
        "organisation": organisation,
        "months": promises.by_month(narrowing),
        "targets": promises.by_target(narrowing),
        "priorities": promises.by_priority(narrowing),
        "organisations": promises.by_organisation(narrowing),
        "misses": promises.latest_misses(request.user, narrowing),
        "short": promises.short_answers(month),
    }
    return render(request, "console/reports/promises.html", context)


@leads_only
@require_GET
def promise_report_csv(request: PersonRequest) -> HttpResponse:
    """All figures for a spreadsheet."""
    return csv_answer(promises.csv_rows(), filename="promises.csv")


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _organisation(pk: str) -> Organisation | None:
    is_number = pk.isascii() and pk.isdigit() and len(pk) <= MOST_DIGITS
    return Organisation.objects.filter(pk=int(pk)).first() if is_number else None
