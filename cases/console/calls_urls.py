"""Calls in the agent console."""

from django.urls import path

from cases.console.views import call_hours, calls

app_name = "console-calls"
urlpatterns = [
    path("", calls.listing, name="list"),
    path("hours/", call_hours.hours, name="hours"),
    path("absences/", call_hours.absences, name="absences"),
    path("absences/<int:pk>/removal/", call_hours.removal, name="removal"),
    path("<uuid:uid>/", calls.show, name="call"),
    path("<uuid:uid>/time/", calls.time, name="time"),
    path("<uuid:uid>/outcome/", calls.outcome, name="outcome"),
    path("<uuid:uid>/no-answer/", calls.no_answer, name="no-answer"),
    path("<uuid:uid>/refusal/", calls.refusal, name="refusal"),
    path("<uuid:uid>/cancellation/", calls.cancellation, name="cancellation"),
]
