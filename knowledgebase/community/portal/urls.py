"""The user groups of the Help Center, and how ours moderate them."""

from django.urls import path

from knowledgebase.community.portal.views import groups, moderation, posts, topics

app_name = "groups"
# No slug has a tilde: a group may be called “reports” and still be reached.
urlpatterns = [
    path("", groups.listing, name="list"),
    path("~/presentation/", groups.presentation, name="presentation"),
    path("~/reports/", moderation.reports, name="reports"),
    # One post
    path("~/posts/<int:pk>/reactions/", posts.reaction, name="reaction"),
    path("~/posts/<int:pk>/report/", posts.report, name="report"),
    path("~/posts/<int:pk>/visibility/", moderation.visibility, name="visibility"),
    path("~/posts/<int:pk>/files/<slug:public_id>/", posts.file, name="file"),
    # One group
    path("<slug:slug>/", groups.group, name="group"),
    path("<slug:slug>/membership/", groups.membership, name="membership"),
    path("<slug:slug>/asking/", moderation.asking, name="asking"),
    path("<slug:slug>/new/", topics.begin, name="begin"),
    # One topic
    path("<slug:slug>/<int:pk>/", topics.topic, name="topic"),
    path("<slug:slug>/<int:pk>/replies/", topics.reply, name="reply"),
    path("<slug:slug>/<int:pk>/following/", topics.following, name="following"),
    path("<slug:slug>/<int:pk>/solution/", topics.solution, name="solution"),
    path("<slug:slug>/<int:pk>/move/", topics.move, name="move"),
    path("<slug:slug>/<int:pk>/moderation/", moderation.topic, name="moderation"),
]
