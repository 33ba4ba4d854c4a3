"""Staff's pages for who decides: managers, the Telegram bot that reaches them, and what they could not be told."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldBooleanSwitchWidget

from bots.admin.scoped import ReadOnlyAdmin, ScopedAdmin, ScopedFilter
from bots.admin.unfold import ModelForm, action, display
from bots.models import Business, Manager, StaffBot, StaffNotice, TelegramUpdate
from bots.staff.notifications import queue as notification_queue
from bots.staff.notifications.backends import NotificationError
from bots.staff.telegram import enrolment, polling
from bots.staff.telegram.backend import staff_bot_of
from bots.staff.telegram.client import TwoReaders


def failed_badge(request: HttpRequest) -> str:
    """Return the number beside *Notices* in the sidebar: what managers could not be told. Empty if there is none."""
    return str(failed_count(request) or "")


def failed_count(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return 0
    return notification_queue.failed(Business.objects.of(request.user)).count()


class ManagerForm(ModelForm):
    new_link = forms.BooleanField(
        label="Make a link for Telegram",
        required=False,
        widget=UnfoldBooleanSwitchWidget(),
        help_text="Shown once, after saving. Whoever opens it in Telegram within a day becomes this manager there.",
    )

    class Meta:
        model = Manager
        fields = (
            "business", "name", "language", "user", "email", "telegram_chat_id", "is_active", "agenda_at", "quiet_from",
            "quiet_until",
        )  # fmt: skip


@admin.register(Manager)
class ManagerAdmin(ScopedAdmin):
    business_path = "business"
    form = ManagerForm
    list_display = ["name", "business", "reached_by", "is_active"]
    list_filter = [("business", ScopedFilter), "is_active"]
    list_select_related = ["business"]
    search_fields = ["name", "email"]
    readonly_fields = ["telegram_user_id"]
    fieldsets = [
        (None, {"fields": ["business", "name", "language", "user", "is_active"]}),
        ("How they are reached", {"fields": ["new_link", ("telegram_chat_id", "telegram_user_id"), "email"]}),
        ("When", {"fields": ["agenda_at", ("quiet_from", "quiet_until")]}),
    ]

    @display(description="Reached by", label={"Telegram": "success", "E-mail": "info", "Nothing yet": "danger"})
    def reached_by(self, manager: Manager) -> str:
        return {"telegram": "Telegram", "email": "E-mail"}.get(manager.backend, "Nothing yet")

    def save_model(self, request: HttpRequest, obj: Manager, form: Any, change: bool) -> None:
        """A chat that was typed in is a person's own if it is no group's; that person may press its buttons."""
        if "telegram_chat_id" in form.changed_data:
            chat = obj.telegram_chat_id
            obj.telegram_user_id = chat if chat and chat > 0 else None
        super().save_model(request, obj, form, change)
        if form.cleaned_data.get("new_link"):
            self._show_link(request, obj)

    def _show_link(self, request: HttpRequest, manager: Manager) -> None:
        staff_bot = staff_bot_of(manager.business_id)
        if staff_bot is None:
            messages.warning(request, "There is no Telegram bot yet: add one first, under “Telegram bots”.")
            return
        code = enrolment.make_code(manager)
        link = enrolment.link_for(staff_bot, code)
        words = (
            f"Open this on {manager.name}’s phone: {link}"
            if link
            else f"Let {manager.name} send the bot: /start {code}"
        )
        messages.success(request, f"{words} It works once, within a day, and is not shown again.")


class StaffBotForm(ModelForm):
    token = forms.CharField(
        required=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text="@BotFather in Telegram gives it. Kept encrypted, and not shown again; empty leaves it as it is.",
    )

    class Meta:
        model = StaffBot
        fields = ("business", "is_active")

    def clean_token(self) -> str:
        token = self.cleaned_data["token"].strip()
        number, colon, secret = token.partition(":")
        if token and not (number.isdigit() and len(number) < 19 and colon and secret):
            raise forms.ValidationError("A token is like 123456789:AAE…, a number, a colon and letters.")
        if not token and not self.instance.token:
            raise forms.ValidationError("Enter the token.")
        other = StaffBot.objects.filter(telegram_id=int(number)) if token else StaffBot.objects.none()
        if other.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("This bot serves another business already. Each needs a bot of its own.")
        return str(token)


@admin.register(StaffBot)
class StaffBotAdmin(ScopedAdmin):
    business_path = "business"
    form = StaffBotForm
    list_display = ["__str__", "business", "state"]
    list_select_related = ["business"]
    readonly_fields = ["username", "state", "webhook"]
    fieldsets = [
        (None, {"fields": ["business", "token", "is_active"]}),
        ("State", {"fields": ["state", "username", "webhook"]}),
    ]

    @display(description="State")
    def state(self, staff_bot: StaffBot) -> str:
        if not staff_bot.is_active:
            return "Off"
        return staff_bot.paused_reason or "Working"

    @display(description="Webhook")
    def webhook(self, staff_bot: StaffBot) -> str:
        """Return where Telegram delivers, if it does not wait to be asked (`run_telegram`)."""
        return reverse("telegram", args=[staff_bot.key]) if staff_bot.pk else ""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return "credentials" not in lookup and super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: StaffBot, form: Any, change: bool) -> None:
        """A new token is another bot, or the same one with a new secret: what was wrong with the old one is over."""
        if token := form.cleaned_data.get("token"):
            number = int(token.partition(":")[0])
            if number != obj.telegram_id:
                obj.username, obj.next_update = "", 0
            obj.telegram_id, obj.credentials = number, {"token": token}
            obj.paused_reason, obj.send_not_before = "", None
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: self._check(request, obj), robust=True)

    def _check(self, request: HttpRequest, staff_bot: StaffBot) -> None:
        """One question to Telegram, after all is saved: the bot's name, which links need."""
        try:
            polling.learn_name(staff_bot)
        except (NotificationError, TwoReaders) as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, f"Telegram knows it as @{staff_bot.username}.")


@admin.register(StaffNotice)
class StaffNoticeAdmin(ReadOnlyAdmin):
    business_path = "business"
    list_display = ["created_at", "manager", "what", "backend", "state", "attempts", "error"]
    list_filter = ["status", ("manager", ScopedFilter)]
    list_select_related = ["manager"]
    list_display_links = ["created_at"]
    actions = ["send_again"]
    fields: ClassVar[tuple[str, ...]] = (
        "manager", "backend", "what", "state", "attempts", "error", "created_at", "next_try_at", "give_up_at",
        "maybe_twice",
    )  # fmt: skip
    readonly_fields = fields

    @display(description="attempts", ordering="failures")
    def attempts(self, notice: StaffNotice) -> int:
        return notice.failures

    @display(description="error", ordering="trouble")
    def error(self, notice: StaffNotice) -> str:
        return notice.trouble

    @display(description="next try at")
    def next_try_at(self, notice: StaffNotice) -> datetime | None:
        return notice.due_at

    @display(description="About")
    def what(self, notice: StaffNotice) -> str:
        return f"{notice.kind}: {notice.subject} {notice.subject_id}" if notice.subject else notice.kind

    @display(
        description="State",
        label={
            "Delivered": "success",
            "Given up": "danger",
            "Waits to be sent": "warning",
            "Being sent": "info",
            "Not needed any more": "default",
        },
    )
    def state(self, notice: StaffNotice) -> str:
        return notice.get_status_display()

    @action(description="Send again what was given up", permissions=["send"])
    def send_again(self, request: HttpRequest, rows: QuerySet[StaffNotice]) -> None:
        again = sum(notification_queue.try_again(pk) for pk in rows.values_list("pk", flat=True))
        messages.success(request, f"Trying again: {again}.")

    def has_send_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("bots.view_staffnotice"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(TelegramUpdate)
class TelegramUpdateAdmin(ReadOnlyAdmin):
    """What came from Telegram and what became of it; the words themselves are not shown."""

    business_path = "staff_bot__business"
    list_display = ["received_at", "staff_bot", "from_user", "outcome"]
    list_filter = [("staff_bot", ScopedFilter)]
    list_select_related = ["staff_bot"]
    search_fields = ["outcome", "from_user"]
    fields: ClassVar[tuple[str, ...]] = ("received_at", "staff_bot", "update_id", "from_user", "outcome", "handled_at")
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
