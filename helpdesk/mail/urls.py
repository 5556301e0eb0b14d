"""Ways in for mail, and the mails that a development desk caught."""

from django.conf import settings
from django.urls import URLPattern, path

from helpdesk.mail import caught_views, providers, views

app_name = "mail"
urlpatterns: list[URLPattern] = [
    path("inbound/raw/", views.inbound_raw, name="inbound-raw"),
    *providers.urls_of(settings.ANYMAIL_INBOUND_PROVIDERS),
    path("caught/", caught_views.listing, name="caught"),
    path("caught/<int:pk>/", caught_views.show, name="caught-mail"),
    path("caught/<int:pk>/html/", caught_views.show_html, name="caught-html"),
]
