"""The resources of the API, below `/api/v1/`."""

from django.urls import path

from cases.api.views import cases, files, me, messages, moves

app_name = "api"
urlpatterns = [
    path("me/", me.Me.as_view(), name="me"),
    path("cases/", cases.Cases.as_view(), name="cases"),
    path("cases/<number:number>/", cases.OneCase.as_view(), name="case"),
    path("cases/<number:number>/messages/", messages.Messages.as_view(), name="messages"),
    path("cases/<number:number>/priority/", moves.CasePriority.as_view(), name="priority"),
    path("cases/<number:number>/merging/", moves.Merging.as_view(), name="merging"),
    path("cases/<number:number>/closure/", moves.Closure.as_view(), name="closure"),
    path("cases/<number:number>/reopening/", moves.Reopening.as_view(), name="reopening"),
    path("cases/<number:number>/files/<slug:public_id>/", files.File.as_view(), name="file"),
]
