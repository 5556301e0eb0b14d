"""The addresses of the bare views."""

from django.urls import path

from bench.bare import views

urlpatterns = [
    path("bare/", views.bare),
    path("auth/", views.auth),
    path("detail/<int:pk>/", views.detail),
    path("insert/", views.insert),
    path("fts/", views.fts),
]
