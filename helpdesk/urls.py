"""The table of contents of the whole desk."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from helpdesk.attachments import remote_images
from helpdesk.exporting import views as exporting
from helpdesk.notifications import views as notifications
from helpdesk.pages import (
    appearance,
    calendar_checks,
    contact,
    dashboard,
    errors,
    health,
    home,
    styleguide,
)
from helpdesk.pages.finding import page as finding
from helpdesk.people import profile

urlpatterns: list[URLPattern | URLResolver] = [
    # Help Center and console
    path("", home.home, name="home"),
    path("contact/", contact.contact, name="contact"),
    path("search/", finding.results, name="search"),
    path("search/suggestions/", finding.suggestions, name="search-suggestions"),
    path("", include("knowledgebase.urls")),
    path("", include("chat.urls")),
    path("", include("cases.urls")),
    path("console/mail/", include("helpdesk.pages.mail_ledger_urls")),
    path("console/dashboard/", dashboard.dashboard, name="dashboard"),
    path("console/dashboard/figures/", dashboard.figures, name="dashboard-figures"),
    path("console/dashboard.csv", dashboard.dashboard_csv, name="dashboard-csv"),
    path("console/calendars/", calendar_checks.calendar_checks, name="calendar-checks"),
    # The API, after the resources of the rooms
    path("api/v1/", include("helpdesk.api.urls")),
    # People
    path("accounts/", include("helpdesk.people.sign_in.urls")),
    path("profile/", profile.profile, name="profile"),
    path("profile/devices/", notifications.devices, name="push-devices"),
    path(
        "profile/devices/<int:pk>/removal/",
        notifications.device_removal,
        name="push-device-removal",
    ),
    path("service-worker.js", notifications.service_worker, name="service-worker"),
    path("profile/export/", exporting.export, name="data-export"),
    path("profile/export/<int:pk>/", exporting.download, name="data-export-file"),
    path("profile/zones/", profile.zones, name="time-zones"),
    # Mail
    path("mail/", include("helpdesk.mail.urls")),
    # Files
    path("files/", include("helpdesk.attachments.urls")),
    path("brands/", include("helpdesk.brands.urls")),
    path("images/<str:token>", remote_images.remote_image, name="remote_image"),
    # The house
    path("admin/", admin.site.urls),
    path("appearance/", appearance.choose, name="appearance"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/<slug:page>/", styleguide.styleguide, name="styleguide"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
