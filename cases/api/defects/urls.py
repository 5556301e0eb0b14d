"""Defects in the API, below `/api/v1/`."""

from django.urls import path

from cases.api.defects import views

app_name = "api-defects"
urlpatterns = [
    path("defects/", views.Defects.as_view(), name="defects"),
    path("defects/<defect:number>/", views.OneDefect.as_view(), name="defect"),
    path("cases/<number:number>/defects/", views.DefectsOfCase.as_view(), name="of-case"),
    path(
        "cases/<number:number>/defects/<defect:defect>/detachment/",
        views.Detachment.as_view(),
        name="detachment",
    ),
]
