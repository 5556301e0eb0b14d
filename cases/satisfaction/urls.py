"""Where surveys are answered and read."""

from django.urls import path

from cases.satisfaction import views

app_name = "satisfaction"
urlpatterns = [
    path("feedback/<str:token>/", views.answer, name="answer"),
    path("console/reports/satisfaction/", views.report, name="report"),
    path("console/reports/satisfaction.csv", views.report_csv, name="report-csv"),
]
