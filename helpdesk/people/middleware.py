"""What every page needs to know of its reader."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from helpdesk.people.zones import zone_of


class ReaderZoneMiddleware:
    """Show times in the reader's zone for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)
