"""The inbox of chats."""

from django.urls import path

from chat.console.views import actions, blocks, board, inbox, replies

app_name = "inbox"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("alerts/", actions.alerts, name="alerts"),
    path("board/", board.show, name="board"),
    path("blocks/", blocks.blocks, name="blocks"),
    path("blocks/<int:pk>/lift/", blocks.lift, name="lift"),
    path("<int:pk>/block/", blocks.block, name="block"),
    path("availability/", actions.availability, name="availability"),
    path("files/", actions.files, name="files"),
    path("replies/", replies.replies, name="replies"),
    path("replies/new/", replies.new_reply, name="new-reply"),
    path("replies/<int:pk>/", replies.reply, name="reply"),
    path("replies/<int:pk>/removal/", replies.remove_reply, name="remove-reply"),
    path("<int:pk>/", inbox.show, name="chat"),
    path("<int:pk>/replies/", replies.reply_options, name="reply-options"),
    path("<int:pk>/articles/", replies.article_options, name="article-options"),
    path("<int:pk>/events/", inbox.events, name="events"),
    path("<int:pk>/messages/", actions.say, name="say"),
    path("<int:pk>/acceptance/", actions.accept, name="accept"),
    path("<int:pk>/transfer/", actions.transfer, name="transfer"),
    path("<int:pk>/invitation/", actions.invite, name="invite"),
    path("<int:pk>/departure/", actions.leave, name="leave"),
    path("<int:pk>/end/", actions.end, name="end"),
    path("<int:pk>/link/", actions.link, name="link"),
    path("<int:pk>/files/<slug:public_id>/", actions.file, name="file"),
]
