"""Which part of a page is asked for."""

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from helpdesk.live.fragments import is_for


@pytest.mark.parametrize(
    ("target", "is_asked"),
    [("div#rows", True), ("rows", True), ("div#arrows", False), ("div", False), ("", False)],
)
def test_the_target_is_known_by_its_id(target: str, is_asked: bool) -> None:
    request = RequestFactory().get("/", headers={"HX-Request": "true", "HX-Target": target})
    vars(request)["htmx"] = HtmxDetails(request)
    assert is_for(request, "rows") is is_asked


def test_a_whole_page_asks_for_no_part() -> None:
    assert not is_for(RequestFactory().get("/"), "rows")
