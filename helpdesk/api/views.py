"""What every view of the API is, and the answer where there is none."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from django.http import HttpRequest
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotFound
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from helpdesk.api.authentication import TokenAllows, TokenAuthentication
from helpdesk.api.errors import handle
from helpdesk.api.receiving import AlwaysJson, JsonParser
from helpdesk.people.models import Person


class ApiView(APIView):
    """Nothing that it answers is kept by a browser or a proxy."""

    authentication_classes: Sequence[type[BaseAuthentication]] = (TokenAuthentication,)
    permission_classes: Sequence[type[BasePermission]] = (TokenAllows,)
    parser_classes = (JsonParser,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = AlwaysJson
    http_method_names = ("get", "head", "options", "post", "put")

    def get_exception_handler(self) -> Callable[[Exception, Mapping[str, Any]], Response]:
        return handle

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    @extend_schema(exclude=True)
    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """Say which methods there are; the schema tells the rest."""
        return Response(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    @property
    def reader(self) -> Person:
        """Whose token it is."""
        person = self.request.user
        if not isinstance(person, Person):
            raise NotFound
        return person


class NothingHere(ApiView):
    """Any other address below `/api/`, a misspelt one or one without its last slash."""

    @extend_schema(exclude=True)
    def get(self, request: Request, rest: str = "") -> NoReturn:
        raise NotFound

    post = put = get
