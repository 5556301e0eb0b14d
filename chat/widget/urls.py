"""The pop-up."""

from django.urls import path

from chat.widget.views import articles, conversations, frame, visits

app_name = "chat"
urlpatterns = [
    path("widget.js", frame.loader, name="loader"),
    path("frame/<slug:key>/", frame.frame, name="frame"),
    path("voucher/<slug:key>/", frame.voucher, name="voucher"),
    path("sites/<slug:key>/", visits.site, name="site"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("visits/", visits.visits, name="visits"),
    path("visits/me/", visits.me, name="me"),
    path("visits/end/", visits.end, name="end-visit"),
    path("files/", conversations.files, name="files"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/<slug:key>/events/", conversations.events, name="events"),
    path("conversations/<slug:key>/messages/", conversations.messages, name="messages"),
    path("conversations/<slug:key>/receipts/", conversations.receipts, name="receipts"),
    path("conversations/<slug:key>/end/", conversations.end, name="end"),
    path("conversations/<slug:key>/rating/", conversations.rate, name="rating"),
    path("conversations/<slug:key>/link/", conversations.link, name="link"),
    path("conversations/<slug:key>/files/<slug:public_id>/", conversations.file, name="file"),
]
