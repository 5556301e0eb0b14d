"""Where changes are tried before they are made."""

from django.urls import path

from cases.whatif import views

app_name = "whatif"
urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("new/<slug:kind>/", views.make, name="make"),
    path("<int:pk>/", views.draft, name="draft"),
    path("<int:pk>/decision/", views.decide, name="decide"),
]
