"""Which brand a reader sees."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.urls import reverse

from helpdesk.brands.models import Brand
from helpdesk.people.models import Person


@dataclass(frozen=True, slots=True)
class Look:
    """Addresses of its files; "" for what the desk's own look is kept for."""

    stylesheet: str = ""
    logo: str = ""


def context(request: HttpRequest) -> dict[str, object]:
    """The context processor behind the name, the logo and the colours of every page.

    It asks the database nothing: a reader comes with their region and its brand.
    """
    brand = brand_of(getattr(request, "user", None))
    if brand is None:
        return {"site_name": settings.SITE_NAME, "brand": Look()}
    return {"site_name": brand.name, "brand": look_of(brand)}


def brand_of(person: object) -> Brand | None:
    """The brand of a client's region; visitors and ours see the desk as it is."""
    organisation = person.organisation if isinstance(person, Person) else None
    if organisation is None:
        return None
    try:
        return organisation.region.brand
    except ObjectDoesNotExist:
        return None


def look_of(brand: Brand) -> Look:
    """Where the files of `brand` are, as it is now."""
    address = {"pk": brand.pk, "version": brand.version}
    return Look(
        stylesheet=reverse("brands:stylesheet", kwargs=address) if brand.colour else "",
        logo=reverse("brands:logo", kwargs=address) if brand.logo_id else "",
    )
