"""The status page for those of ours who write it."""

from django.urls import path

from knowledgebase.notices.console.views import notices

app_name = "console-notices"
urlpatterns = [
    path("", notices.listing, name="list"),
    path("new/<slug:kind>/", notices.post, name="post"),
    path("<int:pk>/", notices.show, name="notice"),
    path("<int:pk>/updates/", notices.say, name="say"),
    path("<int:pk>/plan/", notices.replan, name="replan"),
]
