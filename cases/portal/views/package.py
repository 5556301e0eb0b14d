"""What the reader's organisation holds, and where its minutes went."""

import csv
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.entitlements.holdings import holdings_of, why_no_call
from cases.entitlements.models import Book, Movement
from cases.entitlements.statement import csv_rows, line_of
from helpdesk.paging.keyset import BadCursor, Order, page_of
from helpdesk.people.models import Organisation, Role
from helpdesk.people.requests import PersonRequest
from helpdesk.people.zones import zone_of

NEWEST_FIRST = Order("id")
# Enough to print a year at once.
LINES_A_PAGE = 50


@login_required
@require_GET
def package(request: PersonRequest) -> HttpResponse:
    """What the package holds, and what to do about what it does not hold."""
    organisation = _organisation_or_404(request)
    holdings = holdings_of(organisation, now=timezone.now())
    context = {
        "organisation": organisation,
        "holdings": holdings,
        "refusal": why_no_call(holdings, minutes=1),
        "emergency_phone": organisation.region.emergency_phone,
        "sees_statement": request.user.role == Role.CLIENT_MANAGER,
    }
    return render(request, "portal/calls/package.html", context)


@login_required
@require_GET
def statement(request: PersonRequest) -> HttpResponse:
    """Each movement in words with what was left, the newest first. For client managers."""
    organisation = _managed_or_404(request)
    movements = Movement.objects.visible_to(request.user)
    try:
        page = page_of(
            movements, order=NEWEST_FIRST, cursor=request.GET.get("page", ""), size=LINES_A_PAGE
        )
    except BadCursor:
        page = page_of(movements, order=NEWEST_FIRST, size=LINES_A_PAGE)
    context = {
        "organisation": organisation,
        "lines": [line_of(movement) for movement in page.rows],
        "page": page,
        "book": Book.objects.filter(pk=organisation.pk).first(),
    }
    return render(request, "portal/calls/statement.html", context)


@login_required
@require_GET
def statement_csv(request: PersonRequest) -> StreamingHttpResponse:
    """The whole statement as a file, the oldest movement first."""
    _managed_or_404(request)
    rows = csv_rows(Movement.objects.visible_to(request.user), zone=zone_of(request.user))
    answer = StreamingHttpResponse(_written(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="minutes.csv"'
    return answer


def _written(rows: Iterator[list[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for row in rows:
        yield str(writer.writerow(row))


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _organisation_or_404(request: PersonRequest) -> Organisation:
    """The page is about the reader's own organisation: who has none finds no such page."""
    if request.user.organisation is None or request.user.is_staff_member:
        raise Http404("There is no package of yours.")
    return request.user.organisation


def _managed_or_404(request: PersonRequest) -> Organisation:
    if request.user.role != Role.CLIENT_MANAGER:
        raise Http404("There is no such page for you.")
    return _organisation_or_404(request)
