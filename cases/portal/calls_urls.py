"""Calls, package and minutes in the Help Center."""

from django.urls import path

from cases.portal.views import booking, calls, package

app_name = "calls"
urlpatterns = [
    path("", calls.mine, name="mine"),
    path("new/<number:number>/", booking.new, name="new"),
    path("package/", package.package, name="package"),
    path("minutes/", package.statement, name="statement"),
    path("minutes.csv", package.statement_csv, name="statement-csv"),
    path("<uuid:uid>/", calls.show, name="call"),
    path("<uuid:uid>/time/", booking.time, name="time"),
    path("<uuid:uid>/cancellation/", calls.cancellation, name="cancellation"),
]
