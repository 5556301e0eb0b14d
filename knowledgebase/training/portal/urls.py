"""The training calendar of the Help Center."""

from django.urls import path

from knowledgebase.training.portal.views import events

app_name = "training"
urlpatterns = [
    path("", events.listing, name="list"),
    path("month/", events.month, name="month"),
    path("recordings/", events.recordings, name="recordings"),
    path("<int:pk>/", events.event, name="event"),
    path("<int:pk>/registration/", events.registration, name="registration"),
    path("<int:pk>/event.ics", events.ics, name="ics"),
]
