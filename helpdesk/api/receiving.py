"""What software sends us: JSON of a bounded size, and only fields that we know."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import IO, Any, NoReturn

from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from helpdesk.api.errors import Problem

MOST_BYTES = 1_000_000
NOT_JSON = "The body is not JSON that we can read. Nothing was changed."
NOT_AN_OBJECT = "Send one JSON object, such as {}."


class JsonParser(BaseParser):
    """Reads JSON as RFC 8259 has it: UTF-8, no NaN, at most `MOST_BYTES`."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the object of the body. Raises a problem with a sentence."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise Problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"Send at most {MOST_BYTES:,} bytes."
            )
        try:
            sent = json.loads(body.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(NOT_JSON) from error
        if not isinstance(sent, dict):
            raise ParseError(NOT_AN_OBJECT)
        return sent


class AlwaysJson(BaseContentNegotiation):
    """The API answers JSON, whatever the header `Accept` says."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        wanted = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == wanted), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class KnownFields(serializers.Serializer[Any]):
    """A form whose unknown fields are errors, so that a misspelt one is never lost silently."""

    def to_internal_value(self, data: Mapping[str, Any]) -> dict[str, Any]:
        unknown = sorted(str(name) for name in data.keys() - self.fields.keys())
        if unknown:
            raise serializers.ValidationError(
                {name[:100]: ["There is no such field."] for name in unknown}
            )
        values: dict[str, Any] = super().to_internal_value(data)
        return values

    @classmethod
    def read(cls, sent: Any) -> dict[str, Any]:
        """Return the checked values. Raises ValidationError, a sentence for each field."""
        form = cls(data=sent)
        form.is_valid(raise_exception=True)
        values: dict[str, Any] = form.validated_data
        return values


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
