"""Where chat is met: the pop-up and the inbox."""

from django.urls import include, path

urlpatterns = [
    path("chat/", include("chat.widget.urls")),
    path("console/chat/", include("chat.console.urls")),
]
