"""Below `chat/<slug:bot>/`: the page, its API, and the script that puts it on another site. Kept stable."""

from django.urls import path

from conversations.webchat import pages, views

urlpatterns = [
    path("", pages.page, name="chat"),
    path("embed.js", pages.embed, name="chat-embed"),
    path("api/session/", views.SessionView.as_view(), name="chat-session"),
    path("api/messages/", views.MessagesView.as_view(), name="chat-messages"),
]
