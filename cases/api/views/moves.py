"""Changing a case: each view reads its fields, calls one action and tells the case."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.actions import merging, moving, prioritising
from cases.api.finding import case_or_404, refusals_told, told
from cases.api.receiving import MergeIn, PriorityIn, ReasonIn
from cases.api.sending import CaseWithPromisesOut
from cases.lifecycle import Move
from helpdesk.api.views import ApiView
from helpdesk.people.actors import Actor


class CasePriority(ApiView):
    """The priority; the promises follow it."""

    @extend_schema(request=PriorityIn, responses=CaseWithPromisesOut)
    def put(self, request: Request, number: int) -> Response:
        case = case_or_404(self.reader, number)
        values = PriorityIn.read(request.data)
        with refusals_told():
            prioritising.change_priority(
                case,
                values["priority"],
                by=Actor.of(self.reader),
                reason=values["reason"],
                characteristics=values["characteristics"],
            )
        return Response(told(case_or_404(self.reader, number)))


class Merging(ApiView):
    """Make the case part of another one, which is told back. It cannot be undone."""

    @extend_schema(request=MergeIn, responses=CaseWithPromisesOut)
    def post(self, request: Request, number: int) -> Response:
        case = case_or_404(self.reader, number)
        values = MergeIn.read(request.data)
        into = case_or_404(self.reader, values["into"])
        with refusals_told():
            merging.merge(case, into=into, by=Actor.of(self.reader), lets_in=values["lets_in"])
        return Response(told(case_or_404(self.reader, into.number)))


class _Moving(ApiView):
    move: Move

    @extend_schema(request=ReasonIn, responses=CaseWithPromisesOut)
    def post(self, request: Request, number: int) -> Response:
        case = case_or_404(self.reader, number)
        reason = ReasonIn.read(request.data)["reason"]
        with refusals_told():
            moving.move(case, self.move, by=Actor.of(self.reader), reason=reason)
        return Response(told(case_or_404(self.reader, number)))


class Closure(_Moving):
    """Close the case: the question is answered."""

    move = Move.CLOSE


class Reopening(_Moving):
    """Open an ended case again: it is not solved."""

    move = Move.REOPEN
