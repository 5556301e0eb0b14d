"""Under `/files/`."""

from django.urls import path

from helpdesk.attachments import views

app_name = "attachments"

urlpatterns = [
    path("", views.upload, name="upload"),
    path("signed/<str:token>", views.signed, name="signed"),
    path("<slug:public_id>/", views.draft, name="draft"),
]
