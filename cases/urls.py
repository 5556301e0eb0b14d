"""Where cases are met: the Help Center, the console and the API."""

from django.urls import include, path, register_converter

from cases.numbers import NumberConverter
from cases.oncall import views as oncall

# Before the includes below, whose addresses use it.
register_converter(NumberConverter, "number")

urlpatterns = [
    path("cases/", include("cases.portal.urls")),
    path("", include("cases.satisfaction.urls")),
    path("calls/", include("cases.portal.calls_urls")),
    path("console/", include("cases.console.urls")),
    path("console/calls/", include("cases.console.calls_urls")),
    path("on-call/<str:token>/", oncall.acknowledge, name="oncall-acknowledge"),
    path("emergency/telephony/", oncall.telephony_call, name="telephony"),
    path("api/v1/", include("cases.api.urls")),
]
