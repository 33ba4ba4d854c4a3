"""Below `chat/<slug:bot>/`: the page, its API, and the script that puts it on another site. Kept stable."""

from django.urls import path

from conversations import webchat, webchat_page

urlpatterns = [
    path("", webchat_page.page, name="chat"),
    path("embed.js", webchat_page.embed, name="chat-embed"),
    path("api/session/", webchat.SessionView.as_view(), name="chat-session"),
    path("api/messages/", webchat.MessagesView.as_view(), name="chat-messages"),
]
