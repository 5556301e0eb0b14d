"""The table of contents of the whole desk."""

from django.urls import URLPattern, URLResolver, include, path

from helpdesk.pages import appearance, errors, health, home

urlpatterns: list[URLPattern | URLResolver] = [
    # Help Center
    path("", home.home, name="home"),
    path("cases/", include("cases.portal.urls")),
    # Agent console
    path("console/", include("cases.console.urls")),
    # The house
    path("appearance/", appearance.choose, name="appearance"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
