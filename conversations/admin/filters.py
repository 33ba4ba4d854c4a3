"""Which conversations the inbox shows: its tabs, as one filter that opens on *Needs you*."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from conversations.admin.inbox import tabs
from conversations.models import Conversation


def chosen_tab(request: HttpRequest) -> str:
    """Return the tab that is open: *Needs you*, or everything while one searches, unless another one is asked for."""
    asked = request.GET.get(HolderFilter.parameter_name, "")
    if asked in {tab.code for tab in tabs()}:
        return asked
    return "all" if request.GET.get("q") else "needs"


class HolderFilter(SimpleListFilter):
    title = "tab"
    parameter_name = "show"
    template = "admin/conversations/conversation/no_filter.html"  # its choices are the tabs above the list

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(tab.code, tab.label) for tab in tabs()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Conversation]) -> QuerySet[Conversation]:
        open_tab = chosen_tab(request)
        return queryset.filter(next(tab.condition for tab in tabs() if tab.code == open_tab))

    def choices(self, changelist: Any) -> Iterator[Any]:
        return iter(())


class ChannelFilter(ChoicesFieldListFilter):
    """By channel, read from the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "channel"
