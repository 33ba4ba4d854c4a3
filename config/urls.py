"""Where everything is. The public surface is kept stable."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from conversations.api import ClearState
from conversations.health import health
from conversations.webhooks import InstagramWebhook

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("api/conversations/<int:pk>/clear-state/", ClearState.as_view(), name="clear-state"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("chat/<slug:bot>/", include("conversations.chat_urls")),
    path("health/", health, name="health"),
    path("webhooks/instagram/", InstagramWebhook.as_view(), name="instagram"),
]
