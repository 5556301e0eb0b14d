"""Reading defects; attaching them to cases and taking them off again."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.defects.shapes import (
    AttachIn,
    DefectFilterIn,
    DefectForUsOut,
    DefectOut,
    DefectPageOut,
    DefectsOut,
    DetachIn,
    told,
)
from cases.api.finding import case_or_404, refusals_told
from cases.api.receiving import NothingIn
from cases.defects import access
from cases.defects.actions import attaching
from cases.defects.models import Defect
from cases.defects.numbers import typed_defect
from cases.defects.similar import matching
from cases.models import Case
from helpdesk.api.paging import page_after
from helpdesk.api.views import ApiView
from helpdesk.paging.keyset import Order
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

NEWEST_CHANGE_FIRST = Order("updated_at")
NOT_YOURS = "Only our own people say which defect caused a case."
EITHER = PolymorphicProxySerializer(
    component_name="Defect", serializers=[DefectOut, DefectForUsOut], resource_type_field_name=None
)


class Defects(ApiView):
    """The defects of the cases that the token's person may see; all of them for our own people."""

    @extend_schema(
        operation_id="defects_list", parameters=[DefectFilterIn], responses=DefectPageOut
    )
    def get(self, request: Request) -> Response:
        values = DefectFilterIn.read(request.query_params.dict())
        defects = _narrowed(_visible(self.reader), values, reader=self.reader)
        rows, after = page_after(values.get("cursor", ""), defects, order=NEWEST_CHANGE_FIRST)
        results = [told(row, reader=self.reader) for row in rows]
        return Response({"next": after, "results": results})


class OneDefect(ApiView):
    """One defect."""

    @extend_schema(responses=EITHER)
    def get(self, request: Request, number: int) -> Response:
        NothingIn.read(request.query_params.dict())
        return Response(told(_defect_or_404(self.reader, number), reader=self.reader))


class DefectsOfCase(ApiView):
    """What caused a case."""

    @extend_schema(responses=DefectsOut)
    def get(self, request: Request, number: int) -> Response:
        case = case_or_404(self.reader, number)
        NothingIn.read(request.query_params.dict())
        return Response(_told_of_case(case, reader=self.reader))

    @extend_schema(request=AttachIn, responses=DefectsOut)
    def post(self, request: Request, number: int) -> Response:
        """Attach a defect. One that is attached already stays so; the answer is the same."""
        case = case_or_404(self.reader, number)
        values = AttachIn.read(request.data)
        _require_may_attach(self.reader)
        defect = _defect_or_404(self.reader, typed_defect(values["defect"]) or 0)
        with refusals_told():
            attaching.attach(defect, [case], by=Actor.of(self.reader))
        return Response(_told_of_case(case, reader=self.reader))


class Detachment(ApiView):
    """Taking a defect off a case."""

    @extend_schema(request=DetachIn, responses=DefectsOut)
    def post(self, request: Request, number: int, defect: int) -> Response:
        case = case_or_404(self.reader, number)
        reason = DetachIn.read(request.data)["reason"]
        _require_may_attach(self.reader)
        found = _defect_or_404(self.reader, defect)
        with refusals_told():
            attaching.detach(found, case, by=Actor.of(self.reader), reason=reason)
        return Response(_told_of_case(case, reader=self.reader))


def _visible(person: Person) -> "QuerySet[Defect]":
    return Defect.objects.visible_to(person).select_related("merged_into")


def _narrowed(
    defects: "QuerySet[Defect]", values: dict[str, Any], *, reader: Person
) -> "QuerySet[Defect]":
    for field in ("state", "severity", "component"):
        if values.get(field):
            defects = defects.filter(**{field: values[field]})
    words = values.get("q", "")
    return matching(defects, words, reader=reader) if words else defects


def _defect_or_404(person: Person, number: int) -> Defect:
    defect = _visible(person).filter(number=number).first()
    if defect is None:
        raise Http404
    return defect


def _require_may_attach(person: Person) -> None:
    if not access.may_attach(person):
        raise PermissionDenied(NOT_YOURS)


def _told_of_case(case: Case, *, reader: Person) -> dict[str, Any]:
    defects = Defect.objects.visible_to(reader).of_case(case).select_related("merged_into")
    return {"results": [told(defect, reader=reader) for defect in defects]}
