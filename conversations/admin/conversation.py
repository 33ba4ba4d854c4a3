"""The inbox and the page of one conversation. Every button calls one action."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from bots.admin.answers import answer
from bots.admin.scoped import ReadOnlyAdmin, ScopedFilter, moment_of, number_of_businesses
from conversations.admin import buttons, inbox, page, saving
from conversations.admin.filters import ChannelFilter, HolderFilter, chosen_tab
from conversations.admin.timeline import PAGE, bubbles, news_of
from conversations.attachments.serving import file_response
from conversations.models import Conversation
from conversations.takeover import mark_read


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    business_path = "account__bot__business"
    front_desk = ("view", "change")
    list_display = ["__str__"]
    list_filter = [HolderFilter, ("account__channel", ChannelFilter), ("account", ScopedFilter), "attention"]
    list_before_template = "admin/conversations/conversation/tabs.html"
    search_fields = ["contact__name"]  # that there is a search at all; `inbox.find` does it
    search_help_text = "Name, phone or words"
    list_per_page = 40
    actions = None

    # --- the inbox ---------------------------------------------------------------------------------------

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Return what needs you: the longest waiting first. Else: the latest first."""
        if not _is_inbox(request):
            return ["-pk"]
        if chosen_tab(request) == "needs":
            return [F("needs_since").asc(nulls_last=True), "pk"]
        return [F("last_message_at").desc(nulls_last=True), "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        rows = super().get_queryset(request)
        return inbox.with_needs_since(rows) if _is_inbox(request) else rows

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        words = search_term.strip()
        return (inbox.find(queryset, words) if words else queryset), False

    list_title = "Inbox"

    def list_context(self, request: HttpRequest, cl: ChangeList) -> dict[str, Any]:
        now = moment_of(request)
        counts = inbox.tab_counts(super().get_queryset(request))
        open_tab = chosen_tab(request)
        rows = inbox.with_rows(
            inbox.with_needs_since(Conversation.objects.filter(pk__in=[c.pk for c in cl.result_list]))
        )
        by_id = {conversation.pk: conversation for conversation in rows}
        cl.full_result_count = cl.result_count  # the tabs tell the numbers
        return {
            "rows": [inbox.row_of(by_id[c.pk], now) for c in cl.result_list if c.pk in by_id],
            "tabs": [(tab.code, tab.label, counts[tab.code], tab.code == open_tab) for tab in inbox.tabs()],
            "several_businesses": number_of_businesses(request) > 1,
        }

    # --- one conversation ----------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        return [
            self.url_for("news", require_GET(self.news_view)),
            self.url_for("read", require_POST(self.read_view)),
            self.url_for("file", require_GET(self.file_view)),
            self.url_for("do", require_POST(self.do_view)),
            self.url_for("save_test", self.save_test_view),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the page of a conversation. It has no form to save: `do_view` takes its buttons."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        conversation, etag = self._news(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            **page.context_of(request, conversation),
            "title": page.title_of(conversation),
            "original": conversation,
            "etag": etag,
            "may_act": self.has_change_permission(request),
            "news_url": self.url_of(conversation, "news"),
            "read_url": self.url_of(conversation, "read"),
        }
        return TemplateResponse(request, "admin/conversations/conversation/page.html", context)

    def news_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Return what is new, for the page that asks every two seconds: 304 after one query when nothing is."""
        conversation, etag = self._news(request, object_id)
        before = request.GET.get("before", "")
        if before.isdecimal() and len(before) < 18:
            earlier = bubbles(conversation, moment_of(request), before=int(before))
            context = {"bubbles": earlier, "original": conversation, "may_act": self.has_change_permission(request)}
            html = render_to_string("admin/conversations/conversation/bubbles.html", context, request=request)
            return JsonResponse({"html": html, "more": len(earlier) >= PAGE})
        if request.headers.get("if-none-match") == f'"{etag}"':
            return HttpResponseNotModified(headers={"ETag": f'"{etag}"'})
        context = {
            **page.context_of(request, conversation),
            "original": conversation,
            "may_act": self.has_change_permission(request),
        }
        parts = [f"admin/conversations/conversation/{name}.html" for name in ("live", "window")]
        whole = "".join(render_to_string(part, context, request=request) for part in parts)
        body = {"html": whole, "last_seq": conversation.last_seq, "needs_you": inbox.needs_you_count(request)}
        return JsonResponse(body, headers={"ETag": f'"{etag}"', "Cache-Control": "no-store"})

    def _news(self, request: HttpRequest, object_id: str | int) -> tuple[Any, str]:
        """Return the conversation with its mark. Raises 404 if it is not this person's to see."""
        if not self.has_view_permission(request) or not str(object_id).isdecimal() or len(str(object_id)) > 18:
            raise Http404("There is no such page.")
        found = news_of(self.get_queryset(request), int(object_id))
        if found is None:
            raise Http404("There is no such page.")
        return found

    def file_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """A file that the customer sent, by its `number`. 404 if the conversation is not this person's to see."""
        conversation = self.get_object(request, str(object_id))
        if conversation is None or not self.has_view_permission(request, conversation):
            raise Http404("There is no such page.")
        return file_response(request, conversation)

    def read_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        conversation = self.get_row(request, str(object_id))
        upto = request.POST.get("upto", "")
        if upto.isdecimal() and len(upto) < 18:
            mark_read(conversation.pk, min(int(upto), conversation.last_seq))
        return HttpResponse(status=204)

    def save_test_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The talk as a file that the talk lab plays: first a form, then the file. Changes nothing."""
        conversation = self.get_row(request, str(object_id))
        form = saving.form_for(conversation, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return saving.file_of(conversation, form)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Save as test: {page.title_of(conversation)}",
            "form": form,
            "name": page.title_of(conversation),
            "opts": self.opts,
            "back_url": self.url_of(conversation),
        }
        return TemplateResponse(request, "admin/conversations/conversation/save_test.html", context)

    def do_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """One button of the page: `verb` says which."""
        conversation = self.get_row(request, str(object_id))
        ok, words = buttons.act(request, conversation)
        return answer(request, words, ok=ok, back=self.url_of(conversation))


def _is_inbox(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name == "conversations_conversation_changelist"
