"""Where cases are met: the Help Center, the console and the API."""

from django.urls import include, path, register_converter

from cases.defects.numbers import DefectNumberConverter
from cases.numbers import NumberConverter
from cases.oncall import views as oncall

# Before the includes below, whose addresses use them.
register_converter(NumberConverter, "number")
register_converter(DefectNumberConverter, "defect")

urlpatterns = [
    path("cases/", include("cases.portal.urls")),
    path("", include("cases.satisfaction.urls")),
    path("calls/", include("cases.portal.calls_urls")),
    path("known-defects/", include("cases.portal.defects.urls")),
    path("console/defects/", include("cases.console.defects.urls")),
    path("console/what-if/", include("cases.whatif.urls")),
    path("console/", include("cases.console.urls")),
    path("console/calls/", include("cases.console.calls_urls")),
    path("on-call/<str:token>/", oncall.acknowledge, name="oncall-acknowledge"),
    path("emergency/telephony/", oncall.telephony_call, name="telephony"),
    path("api/v1/", include("cases.api.urls")),
    path("api/v1/", include("cases.api.defects.urls")),
]
