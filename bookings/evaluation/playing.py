"""Plays one scenario with a copy of a bot, through the same inbox, turns and delivery as every customer's words."""

import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime, time as time_of_day, timedelta
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Now

from bookings.evaluation.copies import forget_customers
from bookings.evaluation.scenarios import Line, Scenario
from bookings.models import Lead, Reservation, Service
from bookings.reservations import actions as reservation_actions, drafts as reservation_drafts
from bots.channels.base import Identity, Inbound
from bots.db import clock
from bots.models import Bot, ChannelAccount
from bots.staff.actors import Actor
from conversations import delivery, inbox, turns
from conversations.models import Conversation, LLMCall, Message, Turn
from conversations.people.contacts import find_conversation

PATIENCE_SECONDS = 90
STAFF = Actor("Evaluation", "command")


@dataclass(slots=True)
class Result:
    """What came of a scenario: all that was wrong, the talk as it went, what it took."""

    scenario: Scenario
    wrong: list[str] = field(default_factory=list)
    talk: list[str] = field(default_factory=list)
    fallbacks: list[str] = field(default_factory=list)
    seconds: float = 0.0
    microdollars: int = 0

    @property
    def is_right(self) -> bool:
        return not self.wrong


def play(scenario: Scenario, bot: Bot) -> Result:
    """Play it from the beginning, with a new customer; what they left behind is taken away afterwards."""
    result = Result(scenario)
    began = time.monotonic()
    try:
        player = _Player(scenario, bot, result)
        player.prepare()
        for line in scenario.talk:
            player.turn(line)
        player.check_after()
    except Exception as error:  # a scenario that breaks is a scenario that failed
        result.wrong.append(f"broke: {type(error).__name__}: {error}"[:200])
    finally:
        result.seconds = time.monotonic() - began
        spent = LLMCall.objects.filter(bot=bot, at__gte=Now() - timedelta(seconds=result.seconds + 1))
        result.microdollars = spent.aggregate(all=Sum("cost_microdollars"))["all"] or 0
        forget_customers(bot.business)
    return result


class _Player:
    def __init__(self, scenario: Scenario, bot: Bot, result: Result) -> None:
        self.scenario, self.bot, self.result = scenario, bot, result
        self.account = ChannelAccount.objects.select_related("bot__business").get(bot=bot, channel="webchat")
        self.peer = Identity("webchat", "session", f"evaluation-{uuid.uuid4().hex}")
        self.conversation = find_conversation(self.account, self.peer)
        self.seq = 0
        self.buttons: list[dict[str, str]] = []

    def prepare(self) -> None:
        for row in self.scenario.before:
            peer = self.peer if row.get("mine") else Identity("webchat", "session", f"evaluation-{uuid.uuid4().hex}")
            conversation = self.conversation if row.get("mine") else find_conversation(self.account, peer)
            service = Service.objects.filter(business=self.bot.business, is_active=True).order_by("-is_usual", "pk")[0]
            draft = reservation_drafts.start_draft(
                conversation,
                service=service,
                day=self.scenario.days[row["day"]],
                start_time=time_of_day.fromisoformat(row["time"]),
                people=row.get("people", 1),
            )
            reservation_actions.request(draft.pk, by=STAFF)
        Message.objects.filter(conversation__account=self.account).delete()  # news of these are no part of the talk
        self.conversation.refresh_from_db()
        self.seq = self.conversation.last_seq

    def turn(self, line: Line) -> None:
        text, choice = self.scenario.filled(line.says), ""
        if line.presses:
            button = next((one for one in reversed(self.buttons) if one["payload"].startswith(line.presses)), None)
            if button is None:
                self.result.wrong.append(f"there was no button {line.presses}")
                return
            text, choice = button["title"], button["payload"]
        last = Turn.objects.filter(conversation=self.conversation).order_by("-pk").first()
        self._send(text, choice)
        said = self._hear()
        self.result.talk += [f"> {text}", *(f"< {one}" for one in said)]
        fresh = Turn.objects.filter(conversation=self.conversation, pk__gt=last.pk if last else 0)
        self.result.fallbacks += [one.fallback for one in fresh if one.fallback]
        called = {step["tool"] for one in fresh for step in one.steps}
        self._check(line, "\n".join(said), called)

    def _send(self, text: str, choice: str) -> None:
        event = Inbound(
            account=self.account.external_id,
            external_id=f"evaluation:{uuid.uuid4()}",
            sender=self.peer,
            sent_at=clock.now(),
            text=text,
            choice=choice,
        )
        inbox.receive(self.account, [event])
        Conversation.objects.filter(pk=self.conversation.pk).update(due_at=Now())

    def _hear(self) -> list[str]:
        """Answer and deliver this conversation only; a worker that is quicker may do it as well."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            turns.answer(self.conversation.pk, patience=1)
            delivery.deliver(self.conversation.pk)
            self.conversation.refresh_from_db()
            is_answered = self.conversation.answered_seq >= self.conversation.last_inbound_seq
            if is_answered or self.conversation.mode != Conversation.Mode.BOT:
                break
            time.sleep(0.05)
        news = Message.objects.filter(conversation=self.conversation, seq__gt=self.seq).order_by("seq")
        said = []
        for message in news:
            self.seq = message.seq
            if message.author != Message.Author.CUSTOMER:
                said.append(message.text)
                self.buttons += message.buttons
        return said

    def _check(self, line: Line, said: str, called: set[str]) -> None:
        wrong, folded = self.result.wrong, said.casefold()
        if not said:
            wrong.append(f"silence after “{line.says or line.presses}”")
        for wanted in line.reply:
            if not any(self.scenario.filled(one).casefold() in folded for one in wanted.split("|")):
                wrong.append(f"“{wanted}” was not said: {said[:160]!r}")
        wrong += [f"“{words}” was said" for words in line.never if self.scenario.filled(words).casefold() in folded]
        wrong += [f"{tool} was not called" for tool in line.tools if tool not in called]
        wrong += [f"{tool} was called" for tool in line.no_tools if tool in called]

    def check_after(self) -> None:
        scenario, wrong = self.scenario, self.result.wrong
        self.conversation.refresh_from_db()
        if scenario.held_by is not None and self.conversation.mode != scenario.held_by:
            wrong.append(f"held by {self.conversation.mode}, not {scenario.held_by}")
        if scenario.attention is not None and self.conversation.attention != scenario.attention:
            wrong.append(f"attention is “{self.conversation.attention}”, not “{scenario.attention}”")
        if scenario.visits is not None:
            expected = [self._expected(row) for row in scenario.visits]
            if (real := self._visits()) != expected:
                wrong.append(f"visits are {real}, not {expected}")

        if scenario.lead is not None:
            real_lead = self._lead()
            differing = [
                f"{name} is {real_lead.get(name)}"
                for name in scenario.lead
                if real_lead.get(name) != scenario.lead[name]
            ]
            wrong += [f"of the enquiry {one}" for one in differing]

    def _lead(self) -> dict[str, Any]:
        """The status of the latest enquiry, and what each question was answered with: a choice, centimetres, words."""
        lead = Lead.objects.filter(contact=self.conversation.contact).order_by("-pk").first()
        if lead is None:
            return {"status": "none"}
        found: dict[str, Any] = {"status": str(lead.status)}
        for answer in lead.answers.select_related("question"):
            value = answer.value
            found[answer.question.code] = value.get("choice") or value.get("cm") or value.get("high") or answer.words
        return found

    def _expected(self, row: dict[str, Any]) -> tuple[str, str, int]:
        day = self.scenario.days[row["day"]]
        return row["status"], f"{day} {row['time']}", row.get("people", 1)

    def _visits(self) -> list[tuple[str, str, int]]:
        zone = self.bot.business.zone
        rows = Reservation.objects.filter(conversation=self.conversation, period__isnull=False).exclude(status="draft")
        found = []
        for visit in rows.order_by("pk"):
            start: datetime = visit.period.lower.astimezone(zone)
            found.append((str(visit.status), f"{start:%Y-%m-%d %H:%M}", visit.people or 0))
        return found
