"""Training for those of ours who run it."""

from django.urls import path

from knowledgebase.training.console.views import events

app_name = "console-training"
urlpatterns = [
    path("", events.listing, name="list"),
    path("new/", events.plan, name="plan"),
    path("<int:pk>/", events.change, name="event"),
    path("<int:pk>/cancellation/", events.cancel, name="cancel"),
    path("<int:pk>/attendance/", events.attendance, name="attendance"),
]
