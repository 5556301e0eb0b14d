"""Reading and writing on a case."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from cases import access
from cases.actions import replying
from cases.api.finding import case_or_404, refusals_told
from cases.api.receiving import MessageIn, PageIn, writing_of
from cases.api.sending import MessageForUsOut, MessageOut, MessagePageOut
from cases.api.views.cases import KEY
from cases.models import Case
from cases.thread.models import Message, MessageQuerySet
from helpdesk.api.idempotency import once
from helpdesk.api.paging import page_after
from helpdesk.api.views import ApiView
from helpdesk.paging.keyset import Order
from helpdesk.people.actors import Actor
from helpdesk.people.models import Person

OLDEST_FIRST = Order("at", is_descending=False)


class Messages(ApiView):
    """The thread of a case, as far as the token's person may read it."""

    @extend_schema(parameters=[PageIn], responses=MessagePageOut)
    def get(self, request: Request, number: int) -> Response:
        case = case_or_404(self.reader, number)
        cursor = PageIn.read(request.query_params.dict()).get("cursor", "")
        readable = _readable(case, self.reader)
        rows, after = page_after(cursor, readable, order=OLDEST_FIRST)
        return Response({"next": after, "results": [self._told(row, case) for row in rows]})

    @extend_schema(
        parameters=[KEY], request=MessageIn, responses={201: MessageOut, 200: MessageOut}
    )
    def post(self, request: Request, number: int) -> Response:
        """Answer, or note something for ourselves. The same key again answers 200."""
        person = self.reader
        case = case_or_404(person, number)
        values = MessageIn.read(request.data)
        if values["internal"] and not access.may_note(person):
            raise PermissionDenied("Only our own people write internal notes.")
        with refusals_told():
            outcome = once(request, by=person, act=lambda: _written(case, values, by=person))
        message = _readable(case, person).filter(pk=outcome.result_id).first()
        if message is None:
            raise Http404
        return Response(self._told(message, case), status=201 if outcome.is_new else 200)

    def _told(self, message: Message, case: Case) -> Any:
        shape = MessageForUsOut if self.reader.is_staff_member else MessageOut
        return shape(message, context={"number": case.number}).data


def _readable(case: Case, person: Person) -> MessageQuerySet:
    return case.messages.readable_by(person).prefetch_related("files__file")


def _written(case: Case, values: dict[str, Any], *, by: Person) -> int:
    writing = writing_of(values["text"])
    if values["internal"]:
        return replying.add_note(case, writing, by=Actor.of(by)).pk
    return replying.reply(case, writing, by=Actor.of(by), seen_version=values.get("version")).pk
