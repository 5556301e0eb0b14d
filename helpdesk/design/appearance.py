"""How the reader wants pages to look: theme and density, remembered in two cookies.

The server reads them, so that a page arrives in the right colours: no flash, no inline script.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

THEMES = ("light", "dark")
DENSITIES = ("roomy", "compact")
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Appearance:
    """`theme` and `density` are "" where the reader left the choice to the system and the page."""

    theme: str = ""
    density: str = ""


def appearance_of(request: HttpRequest) -> Appearance:
    """What the cookies say; anything that is not a known word counts as no choice."""
    return Appearance(
        theme=_one_of(THEMES, request.COOKIES.get("theme", "")),
        density=_one_of(DENSITIES, request.COOKIES.get("density", "")),
    )


def remember(response: HttpResponse, name: str, value: str, *, secure: bool) -> None:
    """Set the cookie `name` ("theme" or "density"), or forget it when `value` is no known word."""
    known = _one_of(THEMES if name == "theme" else DENSITIES, value)
    if known:
        response.set_cookie(name, known, max_age=YEAR, secure=secure, samesite="Lax")
    else:
        response.delete_cookie(name, samesite="Lax")


def context(request: HttpRequest) -> dict[str, Appearance]:
    """The context processor behind `<html data-theme data-density>`."""
    return {"appearance": appearance_of(request)}


def _one_of(known: tuple[str, ...], value: str) -> str:
    return value if value in known else ""
