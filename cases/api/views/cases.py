"""Listing, opening and reading cases."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.actions.opening import open_case
from cases.api.finding import case_or_404, refusals_told, told
from cases.api.receiving import CaseFilterIn, CaseIn, NothingIn, writing_of
from cases.api.sending import CaseOut, CasePageOut, CaseWithPromisesOut
from cases.models import Case
from cases.searching import matching
from helpdesk.api.idempotency import HEADER, once
from helpdesk.api.paging import page_after
from helpdesk.api.views import ApiView
from helpdesk.paging.keyset import Order
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

NEWEST_CHANGE_FIRST = Order("updated_at")
KEY = OpenApiParameter(
    HEADER, location=OpenApiParameter.HEADER, description="The same key twice is one request."
)


class Cases(ApiView):
    """The cases that the token's person may see."""

    @extend_schema(operation_id="cases_list", parameters=[CaseFilterIn], responses=CasePageOut)
    def get(self, request: Request) -> Response:
        values = CaseFilterIn.read(request.query_params.dict())
        visible = Case.objects.visible_to(self.reader).for_rows()
        cases = _narrowed(visible, values, reader=self.reader)
        rows, after = page_after(values.get("cursor", ""), cases, order=NEWEST_CHANGE_FIRST)
        return Response({"next": after, "results": [CaseOut(row).data for row in rows]})

    @extend_schema(
        parameters=[KEY],
        request=CaseIn,
        responses={201: CaseWithPromisesOut, 200: CaseWithPromisesOut},
    )
    def post(self, request: Request) -> Response:
        """Open a case. The same Idempotency-Key again answers 200 with the same case."""
        person = self.reader
        values = CaseIn.read(request.data)
        with refusals_told():
            outcome = once(request, by=person, act=lambda: _opened(values, by=person))
        case = case_or_404(person, outcome.result_id)
        return Response(told(case), status=201 if outcome.is_new else 200)


class OneCase(ApiView):
    """One case with its promises."""

    @extend_schema(responses=CaseWithPromisesOut)
    def get(self, request: Request, number: int) -> Response:
        NothingIn.read(request.query_params.dict())
        return Response(told(case_or_404(self.reader, number)))


def _narrowed(
    cases: "QuerySet[Case]", values: dict[str, Any], *, reader: Person
) -> "QuerySet[Case]":
    for field in ("state", "priority"):
        if field in values:
            cases = cases.filter(**{field: values[field]})
    words = values.get("q", "")
    return matching(cases, words, reader=reader) if words else cases


def _opened(values: dict[str, Any], *, by: Person) -> int:
    case = open_case(
        CaseIn.question(values), writing_of(values["text"]), client=by, by=Actor.of(by)
    )
    case.refresh_from_db(fields=["number"])
    return case.number
