"""A sixth app: it tells how warm the kiln is. All that it takes to belong is its line in INSTALLED_APPS."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db.models import QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Now
from django.http import HttpRequest
from prometheus_client.metrics_core import Metric

from bots.metrics.exposition import gauge
from bots.models import Bot
from bots.registry import SET_UP, Feature, Job, MenuItem
from bots.setup import OK, Finding
from bots.staff.decisions import Choice
from conversations.admin.panels import Panel
from conversations.chat.skills import Reply, ReplyPart, Skill, TurnContext
from conversations.models import Conversation

DEGREES = 1240
cooled: list[int] = []  # what the task and the decision have done


class Kiln(Skill):
    code: ClassVar[str] = "kiln"

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        return Reply([ReplyPart(text=f"It has {DEGREES} degrees.")], last=True) if "kiln" in turn.text else None


class KilnPanel(Panel):
    name: ClassVar[str] = "kiln"
    reason: ClassVar[str] = "Kiln too hot"
    icon: ClassVar[str] = "local_fire_department"
    template: ClassVar[str] = "toy/panel.html"

    def waiting(self) -> QuerySet[Any]:
        return Conversation.objects.none().annotate(conversation_id=Value(0))

    def since(self) -> Combinable:
        return Now()

    def mark(self) -> Combinable:
        return Value(DEGREES)

    def context(self, conversation: Conversation, request: HttpRequest) -> dict[str, Any]:
        return {"degrees": DEGREES}


def families(businesses: Any) -> Iterator[Metric]:
    yield gauge("kiln_degrees", "How warm the kiln is.", DEGREES)


def check(bot: Bot | None) -> Iterator[Finding]:
    yield Finding(service="Kiln", state=OK, words="Hot.")


FEATURE = Feature(
    skills=(Kiln(),),
    decisions=(Choice(subject="kiln", verb="cool", label="Cool it", from_statuses=("hot",), run=cooled.append),),
    panels=(KilnPanel(),),
    metrics=(families,),
    setup_checks=(check,),
    tasks={"kiln.cool": cooled.append},
    jobs=(Job("kiln", 60, "Look how warm the kiln is.", lambda: cooled.append(0)),),
    menu=(MenuItem(SET_UP, 5, "Kiln", "local_fire_department", "conversations_contact_changelist"),),
)
