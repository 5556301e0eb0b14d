"""The agent console."""

from django.urls import path

from cases.console.views import (
    actions,
    articles,
    case,
    composing,
    emergency,
    escalation,
    incident,
    oncall,
    placing,
    queue,
)

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
    path("cases/<number:number>/messages/<int:pk>/move/", placing.move, name="move-message"),
    path("cases/<number:number>/messages/<int:pk>/split/", placing.split, name="split-message"),
    path("cases/<number:number>/messages/<int:pk>/sender/", placing.sender, name="bind-sender"),
    path("cases/<number:number>/article/", articles.draft_article, name="draft-article"),
    path("cases/<number:number>/article-links/", articles.article_links, name="article-links"),
    path("articles/<int:pk>/cases/", articles.article_cases, name="article-cases"),
    path("cases/<number:number>/assignment/", actions.assignment, name="assignment"),
    path("cases/<number:number>/escalation/", escalation.escalation, name="escalation"),
    path("cases/<number:number>/acknowledgement/", escalation.acknowledge, name="acknowledge"),
    path("cases/<number:number>/team/", actions.team, name="team"),
    path("cases/<number:number>/priority/", actions.priority, name="priority"),
    path("cases/<number:number>/state/", actions.state, name="state"),
    path("cases/<number:number>/watch/", actions.watch, name="watch"),
    path("cases/<number:number>/participants/", actions.participants, name="participants"),
    path("cases/<number:number>/on-call/", oncall.acknowledgement, name="acknowledgement"),
    path("cases/<number:number>/incident/", incident.show, name="incident"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("on-call/", oncall.show, name="on-call"),
    path("on-call/settings/", oncall.settings, name="on-call-settings"),
    path("on-call/shifts/", oncall.shifts, name="on-call-shifts"),
    path("on-call/shifts/<int:pk>/removal/", oncall.shift_removal, name="on-call-shift-removal"),
    path("on-call/overrides/", oncall.overrides, name="on-call-overrides"),
    path(
        "on-call/overrides/<int:pk>/removal/",
        oncall.override_removal,
        name="on-call-override-removal",
    ),
]
