"""Under `/api/v1/`, after the resources of the rooms."""

from django.urls import path

from helpdesk.api.schema import SchemaView
from helpdesk.api.views import NothingHere

app_name = "api_floor"
urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("", NothingHere.as_view()),
    path("<path:rest>", NothingHere.as_view()),
]
