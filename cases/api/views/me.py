"""Whose token it is: the first thing that software asks."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.receiving import NothingIn
from cases.api.sending import MeOut
from helpdesk.api.views import ApiView


class Me(ApiView):
    """The person and the token."""

    @extend_schema(responses=MeOut)
    def get(self, request: Request) -> Response:
        NothingIn.read(request.query_params.dict())
        return Response(MeOut(self.reader, context={"token": request.auth}).data)
