"""Customers, and what came in and could not be read."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join

from bots.admin.scoped import ReadOnlyAdmin, ScopedFilter, businesses_of
from bots.admin.unfold import display
from bots.models import ChannelAccount
from bots.staff.presentation import clock_time, one_line, printable
from conversations.models import Contact, DeadLetter


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    business_path = "business"
    front_desk = ("view", "change")
    list_display = ["shown_name", "business", "phone", "language", "last_wrote"]
    list_filter = [("business", ScopedFilter), "language"]
    list_select_related = ["business"]
    search_fields = ["name", "phone", "email", "identities__value"]
    ordering = ["-pk"]
    fields = [
        "business", "name", "phone", "email", "language", "opted_out_at", "opted_out_by", "consent_at", "created_at",
        "conversations_links",
    ]  # fmt: skip
    readonly_fields = ["business", "opted_out_at", "opted_out_by", "consent_at", "created_at", "conversations_links"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        rows = super().get_queryset(request)
        found: QuerySet[Contact] = rows.annotate(
            last_at=Max("conversations__last_message_at"), talks=Count("conversations", distinct=True), asked_at=Now()
        )
        return found

    @display(description="Name", ordering="name")
    def shown_name(self, contact: Contact) -> str:
        return one_line(str(contact), 60)

    @display(description="Last wrote", ordering="last_at")
    def last_wrote(self, contact: Any) -> str:
        return clock_time(contact.last_at, contact.business.zone, contact.asked_at) if contact.last_at else ""

    @display(description="Conversations")
    def conversations_links(self, contact: Contact) -> str:
        links = [
            (reverse("admin:conversations_conversation_change", args=[talk.pk]), talk.account.get_channel_display())
            for talk in contact.conversations.select_related("account")
        ]
        return format_html_join(
            ", ", '<a class="text-primary-600 underline dark:text-primary-500" href="{}">{}</a>', links
        )


@admin.register(DeadLetter)
class UnreadableDeliveryAdmin(ReadOnlyAdmin):
    """Those of an account are seen by its business; those that name none, by whoever runs the installation."""

    business_path = ""
    list_display = ["received_at", "channel", "account", "reason", "times"]
    list_filter = ["channel"]
    search_fields = ["reason", "account"]
    fields: ClassVar[tuple[str, ...]] = ("received_at", "channel", "account", "reason", "times", "body_text")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeadLetter]:
        rows = DeadLetter.objects.order_by("-received_at")
        if request.user.is_superuser:
            return rows
        mine = ChannelAccount.objects.filter(bot__business__in=businesses_of(request).values("pk"))
        return rows.filter(Exists(mine.filter(channel=OuterRef("channel"), external_id=OuterRef("account"))))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description="What came in")
    def body_text(self, delivery: DeadLetter) -> str:
        return printable(bytes(delivery.body).decode("utf-8", "replace"), 4000)
