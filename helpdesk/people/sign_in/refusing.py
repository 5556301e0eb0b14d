"""What people read when a limit is reached, on any page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from helpdesk.people.sign_in.limits import Limit, TooManyTries, place_of, spend

View = Callable[..., HttpResponseBase]


def limited(limit: Limit) -> Callable[[View], View]:
    """Allow a view's posts only within `limit`: by person, or by place before sign-in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def within_limit(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                if request.method != "GET":
                    spend(limit, _subject(request))
                return view(request, *args, **kwargs)
            except TooManyTries as refusal:
                return too_many_tries(request, refusal)

        return within_limit

    return decorate


def too_many_tries(request: HttpRequest, refusal: TooManyTries) -> HttpResponse:
    """The page that says how long to wait."""
    response = render(
        request, "account/too_many_tries.html", {"wait": wait_words(refusal)}, status=429
    )
    response["Retry-After"] = str(refusal.retry_after)
    return response


def as_form_error(refusal: TooManyTries) -> ValidationError:
    """The same as a sentence in a form."""
    return ValidationError(
        f"Too many tries. Wait {wait_words(refusal)}, then try again.", code="too_many_tries"
    )


def wait_words(refusal: TooManyTries) -> str:
    """ "45 seconds", "5 minutes": rounded up, so that who waits as told gets in."""
    if refusal.retry_after <= 90:
        return f"{refusal.retry_after} second{'s' if refusal.retry_after != 1 else ''}"
    return f"{-(-refusal.retry_after // 60)} minutes"


def _subject(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else place_of(request)
