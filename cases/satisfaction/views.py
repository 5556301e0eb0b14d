"""The page behind the links of a survey, and the report for leads."""

import csv
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.console.queues import counted
from cases.satisfaction import answering, reporting
from cases.satisfaction.models import Survey
from cases.satisfaction.tokens import survey_of
from helpdesk.people.gates import leads_only
from helpdesk.people.requests import PersonRequest

ANSWERS = {"good": True, "bad": False}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PersonRequest, token: str) -> HttpResponse:
    """Show the question; record the answer on POST alone, since mail scanners follow links."""
    survey = survey_of(token)
    if survey is None:
        raise Http404("There is no such question.")
    if request.method == "POST":
        return _record(request, survey, token)
    context = {"survey": survey, "chosen": request.GET.get("answer", ""), "token": token}
    return render(request, "satisfaction/answer.html", context)


@leads_only
@require_GET
def report(request: PersonRequest) -> HttpResponse:
    """How it went, by month, agent and client, with the latest words."""
    month = _month(request.GET.get("month", ""))
    context = {
        "month": month,
        "months": reporting.by_month(),
        "agents": reporting.by_agent(month),
        "organisations": reporting.by_organisation(month),
        "comments": reporting.latest_comments(),
        "queues": [(one, False) for one in counted(request.user)],
    }
    return render(request, "satisfaction/report.html", context)


@leads_only
@require_GET
def report_csv(request: PersonRequest) -> HttpResponse:
    """All figures for a spreadsheet."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="satisfaction.csv"'
    csv.writer(response).writerows(_harmless(row) for row in reporting.csv_rows())
    return response


def _record(request: PersonRequest, survey: Survey, token: str) -> HttpResponse:
    now, words = timezone.now(), request.POST.get("comment", "")
    chosen = request.POST.get("answer", "")
    if chosen in ANSWERS:
        is_client = request.user.is_authenticated and request.user.pk == survey.case.client_id
        by = Survey.Channel.PORTAL if is_client else Survey.Channel.MAIL
        answering.record(survey, is_good=ANSWERS[chosen], comment=words, by=by, at=now)
    elif survey.answered_at is not None:
        answering.add_comment(survey, words, at=now)
    else:
        context = {"survey": survey, "chosen": "", "token": token, "comment": words}
        context["error"] = "Choose one of the two, then send."
        return render(request, "satisfaction/answer.html", context, status=422)
    return redirect("satisfaction:answer", token)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _harmless(row: tuple[str, ...]) -> list[str]:
    """A spreadsheet takes what begins like a formula for one: names come from people."""
    return [f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell for cell in row]
