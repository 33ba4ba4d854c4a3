"""What upper apps add to the inbox and to a conversation's page; their Features list the panels."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bots.registry import brought
from conversations.models import Contact, Conversation


class Panel(ABC):
    """One app's part of the inbox and of a conversation's page."""

    name: ClassVar[str]  # a Python identifier, unique among panels
    reason: ClassVar[str]  # why a conversation needs a person: “Reservation to approve”
    icon: ClassVar[str]
    template: ClassVar[str]

    @abstractmethod
    def waiting(self) -> QuerySet[Any]:
        """Rows that wait for a person; they have a `conversation_id`."""

    @abstractmethod
    def since(self) -> Combinable:
        """Return when the oldest of them began to wait, for the conversation that is OuterRef("pk")."""

    @abstractmethod
    def mark(self) -> Combinable:
        """Return a value that changes with all that the panel shows of the conversation that is OuterRef("pk")."""

    @abstractmethod
    def context(self, conversation: Conversation, request: HttpRequest) -> dict[str, Any] | None:
        """Return what the template shows; None if there is nothing to show."""

    def contact_facts(self, contact: Contact) -> list[tuple[str, str]]:
        """Lines for the customer's quiet side panel: (label, value)."""
        return []

    def render(self, conversation: Conversation, request: HttpRequest) -> SafeString | None:
        context = self.context(conversation, request)
        return None if context is None else render_to_string(self.template, context, request=request)


def all_panels() -> tuple[Panel, ...]:
    return brought("panels")
