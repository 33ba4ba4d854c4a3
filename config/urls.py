"""Where everything is. The public surface is kept stable."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from bookings.leads.pages import BookingPage
from bots.metrics.views import Numbers, prometheus
from bots.staff.links.pages import ActionLinkPage
from bots.staff.telegram.webhook import telegram
from conversations import webhooks
from conversations.api import ClearState
from conversations.health import health
from payments.pages import PaidPage, PayPage
from payments.webhooks import stripe

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("a/<str:token>/", ActionLinkPage.as_view(), name="action-link"),
    path("api/conversations/<int:pk>/clear-state/", ClearState.as_view(), name="clear-state"),
    path("api/leads/", include("bookings.leads.api.views")),
    path("api/metrics", Numbers.as_view(), name="numbers"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("book/<str:token>/", BookingPage.as_view(), name="book"),
    path("chat/<slug:bot>/", include("conversations.webchat.urls")),
    path("health/", health, name="health"),
    path("metrics", prometheus, name="prometheus"),
    path("pay/<str:token>/", PayPage.as_view(), name="pay"),
    path("pay/<str:token>/done/", PaidPage.as_view(), name="pay-done"),
    path("webhooks/stripe/", stripe, name="stripe"),
    path("webhooks/telegram/<str:key>/", telegram, name="telegram"),
    *webhooks.urlpatterns,
]
