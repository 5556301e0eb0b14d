"""The status page and what machines read of it."""

from django.urls import path

from knowledgebase.notices.portal.views import machines, status, subscribing

app_name = "status"
urlpatterns = [
    path("", status.overview, name="overview"),
    path("history/", status.history, name="history"),
    path("<int:pk>/", status.notice, name="notice"),
    # For machines
    path("feed.atom", machines.atom, name="atom"),
    path("calendar.ics", machines.calendar, name="calendar"),
    path("concerns/", machines.concerns, name="concerns"),
    # By mail
    path("subscription/", subscribing.subscription, name="subscription"),
    path("subscription/confirm/<str:token>/", subscribing.confirm, name="confirm"),
    path("subscription/leave/<str:token>/", subscribing.leave, name="leave"),
]
