"""A sixth app: it tells how warm the dryer is. All that it takes to belong is its line in INSTALLED_APPS."""

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


class Dryer(Skill):
    code: ClassVar[str] = "dryer"

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        return Reply([ReplyPart(text=f"It has {DEGREES} degrees.")], last=True) if "dryer" in turn.text else None


class DryerPanel(Panel):
    name: ClassVar[str] = "dryer"
    reason: ClassVar[str] = "Dryer too hot"
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
    yield gauge("dryer_degrees", "How warm the dryer is.", DEGREES)


def check(bot: Bot | None) -> Iterator[Finding]:
    yield Finding(service="Dryer", state=OK, words="Hot.")


FEATURE = Feature(
    skills=(Dryer(),),
    decisions=(Choice(subject="dryer", verb="cool", label="Cool it", from_statuses=("hot",), run=cooled.append),),
    panels=(DryerPanel(),),
    metrics=(families,),
    setup_checks=(check,),
    tasks={"dryer.cool": cooled.append},
    jobs=(Job("dryer", 60, "Look how warm the dryer is.", lambda: cooled.append(0)),),
    menu=(MenuItem(SET_UP, 5, "Dryer", "local_fire_department", "conversations_contact_changelist"),),
)
