"""The region that a sign-in page is for. It decides which sign-on buttons stand there.

Nobody types an address for it: that would tell strangers which organisations are clients.
A link, a choice on the page, or the last sign-in in this browser says it (decision 0013).
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from helpdesk.calendars.models import Region
from helpdesk.people.models import Person
from helpdesk.people.sign_in.models import SignOnProvider

COOKIE = "region"
YEAR = timedelta(days=365)


def region_chosen(request: HttpRequest) -> Region | None:
    """The region named by `?region=`, or else by the cookie."""
    code = request.GET.get("region", request.COOKIES.get(COOKIE, ""))[:20]
    return Region.objects.filter(code=code).first() if code else None


def region_of(person: Person) -> Region | None:
    """The region of the person's organisation; ours have none."""
    return person.organisation.region if person.organisation else None


def remember(response: HttpResponseBase, region: Region | None) -> None:
    """Keep the region in this browser for the next sign-in, or forget it."""
    if region is None:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE, region.code, max_age=YEAR, secure=settings.IS_HTTPS, httponly=True, samesite="Lax"
    )


def providers_for(region: Region | None) -> list[SignOnProvider]:
    """Whose buttons the sign-in page of `region` shows."""
    if region is None:
        return []
    return list(SignOnProvider.objects.filter(region=region, is_active=True).order_by("name"))


def regions_to_choose() -> list[Region]:
    """All regions where a choice matters, that is where some provider is offered; else none."""
    if not SignOnProvider.objects.filter(is_active=True).exists():
        return []
    return list(Region.objects.order_by("name"))
