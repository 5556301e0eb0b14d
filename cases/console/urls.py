"""The agent console."""

from django.urls import path

from cases.console.views import actions, case, composing, escalation, queue

app_name = "console"
urlpatterns = [
    path("", queue.home, name="home"),
    path("search/", queue.search, name="search"),
    path("palette/", queue.palette, name="palette"),
    path("queues/<slug:slug>/", queue.show, name="queue"),
    path("cases/<number:number>/", case.show, name="case"),
    path("cases/<number:number>/live/", case.live, name="live"),
    path("cases/<number:number>/receipt/", case.receipt, name="receipt"),
    path("cases/<number:number>/files/<slug:public_id>/", case.file, name="file"),
    path(
        "cases/<number:number>/messages/<int:pk>/formatted/",
        case.formatted_message,
        name="formatted",
    ),
    path("cases/<number:number>/messages/", composing.compose, name="compose"),
    path("cases/<number:number>/assignment/", actions.assignment, name="assignment"),
    path("cases/<number:number>/escalation/", escalation.escalation, name="escalation"),
    path("cases/<number:number>/acknowledgement/", escalation.acknowledge, name="acknowledge"),
    path("cases/<number:number>/team/", actions.team, name="team"),
    path("cases/<number:number>/priority/", actions.priority, name="priority"),
    path("cases/<number:number>/state/", actions.state, name="state"),
    path("cases/<number:number>/watch/", actions.watch, name="watch"),
    path("cases/<number:number>/participants/", actions.participants, name="participants"),
]
