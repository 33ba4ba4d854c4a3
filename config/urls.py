"""Where everything is. The public surface is kept stable."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from bookings.booking_page import BookingPage
from bots.staff.link_page import ActionLinkPage
from bots.staff.telegram.webhook import telegram
from conversations.api import ClearState
from conversations.health import health
from conversations.webhooks import InstagramWebhook, WhatsAppWebhook
from payments.pages import done, pay
from payments.webhooks import stripe

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("a/<str:token>/", ActionLinkPage.as_view(), name="action-link"),
    path("api/conversations/<int:pk>/clear-state/", ClearState.as_view(), name="clear-state"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("book/<str:token>/", BookingPage.as_view(), name="book"),
    path("chat/<slug:bot>/", include("conversations.chat_urls")),
    path("health/", health, name="health"),
    path("pay/<str:token>/", pay, name="pay"),
    path("pay/<str:token>/done/", done, name="pay-done"),
    path("webhooks/stripe/", stripe, name="stripe"),
    path("webhooks/telegram/<str:key>/", telegram, name="telegram"),
    path("webhooks/instagram/", InstagramWebhook.as_view(), name="instagram"),
    path("webhooks/whatsapp/", WhatsAppWebhook.as_view(), name="whatsapp"),
]
