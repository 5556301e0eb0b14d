"""The defects of one's cases in the Help Center."""

from django.urls import path

from cases.portal.defects import answering, views

app_name = "known-defects"
urlpatterns = [
    path("", views.known, name="list"),
    path("<defect:number>/", views.show, name="defect"),
    path("<defect:number>/following/", views.following, name="following"),
    path("answers/<str:token>/", answering.by_link, name="answer"),
    path("of-case/<number:number>/answer/", answering.of_case, name="of-case"),
]
