"""Addresses of the files of brands."""

from django.urls import path

from helpdesk.brands import views

app_name = "brands"
urlpatterns = [
    path("<int:pk>/<int:version>/colours.css", views.stylesheet, name="stylesheet"),
    path("<int:pk>/<int:version>/logo", views.logo, name="logo"),
]
