"""Keyset pages with cursors that we signed: nobody writes one of their own."""

from typing import TypeVar

from django.core import signing
from django.db.models import Model, QuerySet
from rest_framework import serializers

from helpdesk.paging.keyset import Order, Page, page_of

Row = TypeVar("Row", bound=Model)
_SIGNER = signing.Signer(salt="api.cursor")
PAGE_SIZE = 50


def page_after(cursor: str, rows: QuerySet[Row], *, order: Order) -> tuple[list[Row], str | None]:
    """Return the rows of a page and the cursor of the next one, None at the end.

    Raises ValidationError for a cursor that is not ours.
    """
    try:
        place = _SIGNER.unsign(cursor) if cursor else ""
    except signing.BadSignature as error:
        raise serializers.ValidationError(
            {"cursor": ["Use “next” of the page before, or leave it out to begin anew."]}
        ) from error
    page: Page[Row] = page_of(rows, order=order, cursor=place, size=PAGE_SIZE)
    return page.rows, _SIGNER.sign(page.next) if page.next else None
