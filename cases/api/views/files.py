"""Handing out the files of a case."""

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from cases.api.finding import case_or_404
from cases.api.receiving import NothingIn
from cases.thread.models import MessageFile
from helpdesk.api.errors import Problem
from helpdesk.api.views import ApiView
from helpdesk.attachments.handing_out import respond_with


class File(ApiView):
    """A file of a message that the token's person may read."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, number: int, public_id: str) -> HttpResponseBase:
        case = case_or_404(self.reader, number)
        NothingIn.read(request.query_params.dict())
        readable = case.messages.readable_by(self.reader)
        attached = MessageFile.objects.filter(message__in=readable, file__public_id=public_id)
        found = attached.select_related("file").first()
        if found is None:
            raise Http404
        answer = respond_with(found.file)
        if answer.status_code == HTTPStatus.CONFLICT and isinstance(answer, HttpResponse):
            raise Problem(HTTPStatus.CONFLICT, answer.content.decode())
        return answer
