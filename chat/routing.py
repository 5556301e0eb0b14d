"""Where the sockets of the chat connect."""

from django.urls import path

from chat.desk_socket import DeskSocket
from chat.polling import PollConsumer
from chat.widget_socket import WidgetSocket

widget_urlpatterns = [path("chat/socket/", WidgetSocket.as_asgi())]
poll_urlpatterns = [path("chat/poll/<slug:key>/", PollConsumer.as_asgi())]
desk_urlpatterns = [path("console/chat/socket/", DeskSocket.as_asgi())]
