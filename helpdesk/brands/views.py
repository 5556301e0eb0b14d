"""The files of a brand. Everybody may have them: they are shown to whoever is looking."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from helpdesk.attachments.handing_out import respond_with
from helpdesk.brands.colours import stylesheet_of
from helpdesk.brands.models import Brand

YEAR = 365 * 24 * 3600


@require_GET
def stylesheet(request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
    """The colours of a brand, as tokens."""
    brand = get_object_or_404(Brand, pk=pk)
    if not brand.colour:
        raise Http404("This brand has the colours of the desk.")
    text = stylesheet_of(brand.colour, brand.dark_colour)
    return _kept(HttpResponse(text, content_type="text/css; charset=utf-8"))


@require_GET
def logo(request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
    """The logo of a brand, drawn anew as every picture is."""
    brand = get_object_or_404(Brand.objects.select_related("logo"), pk=pk)
    if brand.logo is None:
        raise Http404("This brand has the logo of the desk.")
    return _kept(respond_with(brand.logo, inline=True))


def _kept(answer: HttpResponseBase) -> HttpResponseBase:
    """The address changes with the brand, so what stands at one never does."""
    if answer.status_code == 200:
        del answer["Cache-Control"]
        patch_cache_control(answer, public=True, max_age=YEAR, immutable=True)
    return answer
